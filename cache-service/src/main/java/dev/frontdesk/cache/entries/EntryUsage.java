package dev.frontdesk.cache.entries;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.DirectRedis;
import dev.frontdesk.kit.redis.DirectRedis.Fields;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.Partition;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** How much tenants have in the cache. */
@Repository
public class EntryUsage {

    private static final String[] FIELDS = {"keys", "units"};

    /** As in entry_functions.lua. */
    private static final int UNIT_BYTES = 16;

    private final DirectRedis redis;
    private final CacheKeys keys;

    EntryUsage(DirectRedis redis, KeySpace keySpace) {
        this.redis = redis;
        this.keys = new CacheKeys(keySpace);
    }

    /**
     * Sums of entries. What has expired counts until the next sweep.
     *
     * @param bytes of names, types and bodies, and 208 for each entry; rounded up to 16
     */
    public record Usage(long keys, long bytes) {

        private static final Usage NONE = new Usage(0, 0);

        private Usage plus(List<byte @Nullable []> fields) {
            return new Usage(keys + number(fields.getFirst()), bytes + UNIT_BYTES * number(fields.getLast()));
        }

        private static long number(byte @Nullable [] digits) {
            return digits == null ? 0 : Long.parseLong(new String(digits, UTF_8));
        }
    }

    /** Of all entries of a tenant, also of its accounts. */
    public Mono<Usage> of(TenantId tenant) {
        return sum(Partition.all().stream().map(partition -> keys.usage(tenant, partition)));
    }

    /** Of a namespace of the tenant's application. */
    public Mono<Usage> of(TenantId tenant, String namespace) {
        var application = new Owner.Application(tenant);
        return sum(CacheKeys.partitions(application).stream()
                .map(partition -> keys.namespace(application, namespace, partition)));
    }

    private Mono<Usage> sum(Stream<String> hashes) {
        return redis.read(hashes.map(hash -> new Fields(hash, FIELDS)).toList())
                .map(all -> all.stream().reduce(Usage.NONE, Usage::plus, (_, last) -> last));
    }
}
