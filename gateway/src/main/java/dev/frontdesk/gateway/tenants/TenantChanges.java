package dev.frontdesk.gateway.tenants;

import dev.frontdesk.contracts.events.TenantEvent;
import dev.frontdesk.contracts.events.TenantEvent.Details;
import dev.frontdesk.contracts.events.TenantEvent.TenantChanged;
import dev.frontdesk.contracts.events.TenantEvent.TenantCreated;
import dev.frontdesk.contracts.events.TenantEvent.TenantDeleted;
import dev.frontdesk.contracts.events.TenantEvent.TenantResumed;
import dev.frontdesk.contracts.events.TenantEvent.TenantSuspended;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.contracts.tenants.TenantRecord;
import dev.frontdesk.kit.events.ReceivedEvent;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.PubSubConnection;
import dev.frontdesk.kit.tenants.TenantKeys;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Receives changes of tenants: immediately over Redis, and durably over Kafka. Either may arrive twice or late. */
final class TenantChanges extends RedisPubSubAdapter<String, String> {

    private static final Logger log = LoggerFactory.getLogger(TenantChanges.class);

    private final String channel;
    private final KnownTenants known;
    private final TenantLoader loader;
    private final JsonMapper json;

    TenantChanges(PubSubConnection redis, KeySpace keys, KnownTenants known, TenantLoader loader, JsonMapper json) {
        this.channel = TenantKeys.changes(keys);
        this.known = known;
        this.loader = loader;
        this.json = json;
        redis.tell(this);
        redis.keep(channel);
    }

    /** Changes may have been missed until now. */
    @Override
    public void subscribed(String subscribed, long count) {
        if (subscribed.equals(channel)) {
            loader.loadAgain();
        }
    }

    @Override
    public void message(String from, String message) {
        if (from.equals(channel)) {
            try {
                known.add(json.readValue(message, TenantRecord.class));
            } catch (JacksonException ofAnotherVersion) {
                log.warn("Unreadable change of a tenant; reading all tenants again");
                loader.loadAgain();
            }
        }
    }

    Mono<Void> hear(ReceivedEvent received) {
        return Mono.fromRunnable(() -> {
            if (received.event() instanceof TenantEvent event) {
                known.add(recordOf(event));
            }
        });
    }

    private static TenantRecord recordOf(TenantEvent event) {
        return switch (event) {
            case TenantCreated it -> recordOf(it, it.details());
            case TenantChanged it -> recordOf(it, it.details());
            case TenantSuspended it -> recordOf(it, it.details());
            case TenantResumed it -> recordOf(it, it.details());
            case TenantDeleted it ->
                new TenantRecord(it.tenant(), it.version(), TenantRecord.DELETED, "", Quotas.NONE, List.of());
        };
    }

    private static TenantRecord recordOf(TenantEvent event, Details details) {
        return new TenantRecord(
                event.tenant(),
                event.version(),
                details.status(),
                details.plan(),
                details.quotas(),
                details.allowedOrigins());
    }
}
