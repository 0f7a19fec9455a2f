package dev.frontdesk.notification.queues.leases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.notification.queues.QueueName;
import java.util.ArrayList;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class LeaseWaitersTest {

    private final LeaseWaiters waiting = new LeaseWaiters();
    private final QueueName queue = new QueueName("prints");
    private final QueueName another = new QueueName("scans");
    private final TenantId ada = new TenantId("ada");

    @Test
    void ofOneTenantLeaveRoomForTheOthers() {
        var looks = new ArrayList<Runnable>();
        for (int i = 0; i < LeaseWaiters.MOST_OF_A_TENANT; i++) {
            looks.add(add(ada, i % 2 == 0 ? queue : another));
        }
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> add(ada, queue));
        assertThat(waiting.count(ada)).isEqualTo(LeaseWaiters.MOST_OF_A_TENANT);
        add(new TenantId("bob"), queue);

        waiting.remove(ada, queue, looks.getFirst());
        // A waiter that has left is not counted again.
        waiting.remove(ada, queue, looks.getFirst());
        add(ada, another);
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> add(ada, another));
    }

    @Test
    void areBoundedAllTogether() {
        int tenants = LeaseWaiters.MOST / LeaseWaiters.MOST_OF_A_TENANT;
        for (int i = 0; i < LeaseWaiters.MOST; i++) {
            add(new TenantId("t" + i % tenants), queue);
        }
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> add(ada, queue));
    }

    private Runnable add(TenantId tenant, QueueName of) {
        // Each one is a different object.
        var look = new Runnable() {
            @Override
            public void run() {}
        };
        waiting.add(tenant, of, look);
        return look;
    }
}
