package dev.frontdesk.kit.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OriginTest {

    @Test
    void keepsWhatCanBeShown() {
        assertThat(new Origin("192.0.2.7", "Firefox/140 (X11)").userAgent()).isEqualTo("Firefox/140 (X11)");
        assertThat(new Origin(null, "a\r\nb\u202Ec\u0000").userAgent()).isEqualTo("abc");
        assertThat(new Origin(null, "x".repeat(10_000)).userAgent()).hasSize(256);
        assertThat(new Origin(null, "x".repeat(255) + "\uD83D\uDE00").userAgent())
                .isEqualTo("x".repeat(255));
    }

    @Test
    void knowsThatNothingWasSaid() {
        assertThat(new Origin(null, "\u0000 ").userAgent()).isNull();
        assertThat(new Origin(null, null)).isEqualTo(Origin.UNKNOWN);
    }
}
