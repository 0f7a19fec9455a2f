package dev.frontdesk.loadtests.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ManySessionsTest {

    @Test
    void givesEachCopyATokenOfItsOwnInTheSamePartition() {
        String token = "fds_17_" + "a".repeat(43);

        var tokens = ManySessions.tokens(token);

        assertThat(tokens.apply(0)).isEqualTo("fds_17_" + "a".repeat(36) + "0000000");
        assertThat(tokens.apply(ManySessions.COUNT - 1)).isEqualTo("fds_17_" + "a".repeat(36) + "0999999");
    }
}
