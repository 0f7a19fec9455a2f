package dev.frontdesk.testsupport.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MainCodeTest {

    @Test
    void refusesAPackageWithoutAClass() {
        assertThatThrownBy(() -> MainCode.in("dev.frontdesk.registartion"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("dev.frontdesk.registartion");
    }

    @Test
    void leavesTestsOut() {
        assertThat(MainCode.in("dev.frontdesk.testsupport").contain(MainCode.class))
                .isTrue();
        assertThat(MainCode.in("dev.frontdesk.testsupport").contain(MainCodeTest.class))
                .isFalse();
    }
}
