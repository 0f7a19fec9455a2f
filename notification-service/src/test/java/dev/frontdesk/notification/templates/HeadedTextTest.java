package dev.frontdesk.notification.templates;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadedTextTest {

    @Test
    void takesTheFirstLineAsHeading() {
        assertThat(HeadedText.of("Your code\n\nHello,\n\n  123456\n"))
                .isEqualTo(new HeadedText("Your code", "Hello,\n\n  123456"));
    }

    @Test
    void mayBeAHeadingAlone() {
        assertThat(HeadedText.of("Welcome")).isEqualTo(new HeadedText("Welcome", ""));
    }

    @Test
    void keepsAHeadingOnOneLine() {
        assertThat(HeadedText.of("Welcome\rBcc: eve@example.org\u0000\nHello"))
                .isEqualTo(new HeadedText("Welcome Bcc: eve@example.org", "Hello"));
    }
}
