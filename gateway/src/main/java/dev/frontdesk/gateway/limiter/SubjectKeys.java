package dev.frontdesk.gateway.limiter;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.Partition;
import dev.frontdesk.kit.values.Sha256;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Keys of subjects. All of one tenant are in one partition, so that one script can count them together. Those that an
 * application names are counted alone, and can be many: each is in a partition of its own.
 */
final class SubjectKeys {

    private static final String FEATURE = "limit";

    /** 128 bits: no two ids of a tenant have the same hash. */
    private static final int HASH_BYTES = 16;

    /** About 400 bytes each. */
    private static final int MOST = 10_000;

    private final KeySpace keys;

    /** Every request needs the keys of its subjects, and each takes two hashes. */
    private final Cache<Subject, String> known =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    SubjectKeys(KeySpace keys) {
        this.keys = keys;
    }

    String keyOf(Subject subject) {
        return known.get(subject, it -> key(it, nameOf(it)));
    }

    /** In the same partition: that requests were added. */
    String batch(Subject subject, UUID id) {
        return key(subject, "batch." + id);
    }

    /** In the same partition: that requests of this subject were given back. */
    String refund(Subject subject, UUID id) {
        return key(subject, "refund." + hashOf(nameOf(subject) + " " + id));
    }

    private static String nameOf(Subject subject) {
        String name = subject.kind().label() + "." + hashOf(subject.id());
        return subject.part() == null ? name : name + "." + subject.part();
    }

    private String key(Subject subject, String key) {
        TenantId tenant = subject.tenant();
        return tenant == null
                ? keys.shared(FEATURE, Partition.of(subject.id()), key)
                : keys.key(tenant, FEATURE, Partition.of(partitionedBy(subject, tenant)), key);
    }

    private static String partitionedBy(Subject subject, TenantId tenant) {
        return subject.kind() == Subject.Kind.CUSTOM ? tenant.value() + " " + subject.id() : tenant.value();
    }

    /** Sorted set of the gateways that are running, by their last sign of life. */
    String gateways() {
        return keys.shared("gateways");
    }

    private static String hashOf(String id) {
        return HexFormat.of().formatHex(Arrays.copyOf(Sha256.of(id), HASH_BYTES));
    }
}
