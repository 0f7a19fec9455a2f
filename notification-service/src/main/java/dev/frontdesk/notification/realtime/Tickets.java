package dev.frontdesk.notification.realtime;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.notification.notifications.Recipient;
import java.util.UUID;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Tickets in Redis, stored under their hash until they are used or expire. */
@Component
class Tickets {

    private final ReactiveStringRedisTemplate redis;
    private final KeySpace keys;
    private final RealtimeProperties properties;
    private final JsonMapper json;

    Tickets(ReactiveStringRedisTemplate redis, KeySpace keys, RealtimeProperties properties, JsonMapper json) {
        this.redis = redis;
        this.keys = keys;
        this.properties = properties;
        this.json = json;
    }

    private record Entry(String tenant, UUID accountId, UUID sessionId) {}

    Mono<Ticket> issue(TicketHolder holder) {
        var ticket = Ticket.random();
        var entry = new Entry(
                holder.recipient().tenant().value(), holder.recipient().accountId(), holder.sessionId());
        return redis.opsForValue()
                .set(key(ticket), json.writeValueAsString(entry), properties.ticketTtl())
                .thenReturn(ticket);
    }

    /** Empty when it is unknown, used or expired. Atomic: of two concurrent calls, only one gets the holder. */
    Mono<TicketHolder> redeem(Ticket ticket) {
        return redis.opsForValue().getAndDelete(key(ticket)).map(found -> {
            Entry entry = json.readValue(found, Entry.class);
            return new TicketHolder(new Recipient(new TenantId(entry.tenant()), entry.accountId()), entry.sessionId());
        });
    }

    private String key(Ticket ticket) {
        return keys.shared("realtime-ticket") + ":" + ticket.hash();
    }
}
