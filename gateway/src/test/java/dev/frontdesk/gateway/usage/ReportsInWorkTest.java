package dev.frontdesk.gateway.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import org.junit.jupiter.api.Test;

class ReportsInWorkTest {

    private static final TenantId ONE = new TenantId("one");
    private static final TenantId TWO = new TenantId("two");
    private static final TenantId THREE = new TenantId("three");

    private final ReportsInWork inWork = new ReportsInWork();

    @Test
    void leaveRoomForOtherTenants() {
        assertThat(inWork.begin(ONE)).isTrue();
        assertThat(inWork.begin(ONE)).isTrue();
        assertThat(inWork.begin(ONE)).isFalse();
        assertThat(inWork.begin(TWO)).isTrue();

        inWork.end(ONE);

        assertThat(inWork.begin(ONE)).isTrue();
    }

    @Test
    void areFewInAll() {
        assertThat(inWork.begin(ONE)).isTrue();
        assertThat(inWork.begin(ONE)).isTrue();
        assertThat(inWork.begin(TWO)).isTrue();
        assertThat(inWork.begin(TWO)).isTrue();
        assertThat(inWork.begin(THREE)).isFalse();

        inWork.end(TWO);

        assertThat(inWork.begin(THREE)).isTrue();
    }
}
