package dev.frontdesk.loadtests.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CoresTest {

    @Test
    void readsTheKernelsListOfProcessors() {
        assertThat(Cores.parse("0-1")).containsExactly(0, 1);
        assertThat(Cores.parse("0,2-4,9")).containsExactly(0, 2, 3, 4, 9);
    }
}
