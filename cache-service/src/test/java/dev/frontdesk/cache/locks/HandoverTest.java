package dev.frontdesk.cache.locks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandoverTest {

    private static final Attempt.Acquired LOCK = new Attempt.Acquired(
            new Lock("report", "", 1, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH), "claim", false);

    private final List<Attempt.Acquired> givenBack = new ArrayList<>();
    private final Handover handover = new Handover(givenBack::add);

    @Test
    void aDeliveredLockIsNotGivenBack() {
        handover.begin(LOCK);
        handover.complete();
        handover.abandon();

        assertThat(givenBack).isEmpty();
    }

    @Test
    void aClientThatLeavesBeforeTheReplyDoesNotGetTheLock() {
        handover.abandon();
        handover.begin(LOCK);
        handover.complete();

        assertThat(givenBack).containsExactly(LOCK);
    }

    @Test
    void aClientThatLeavesBetweenTheReplyAndItsDeliveryDoesNotGetTheLock() {
        handover.begin(LOCK);
        handover.abandon();
        handover.complete();

        assertThat(givenBack).containsExactly(LOCK);
    }

    @Test
    void withoutALockThereIsNothingToGiveBack() {
        handover.complete();
        handover.abandon();

        assertThat(givenBack).isEmpty();
    }
}
