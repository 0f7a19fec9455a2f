package dev.frontdesk.notification.templates;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TitledTextTest {

    @Test
    void takesTheFirstLineAsHeading() {
        assertThat(TitledText.of("Your code\n\nHello,\n\n  123456\n"))
                .isEqualTo(new TitledText("Your code", "Hello,\n\n  123456"));
    }

    @Test
    void mayBeAHeadingAlone() {
        assertThat(TitledText.of("Welcome")).isEqualTo(new TitledText("Welcome", ""));
    }

    @Test
    void keepsAHeadingOnOneLine() {
        assertThat(TitledText.of("Welcome\rBcc: eve@example.org\u0000\nHello"))
                .isEqualTo(new TitledText("Welcome Bcc: eve@example.org", "Hello"));
    }
}
