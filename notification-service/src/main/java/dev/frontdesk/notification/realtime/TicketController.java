package dev.frontdesk.notification.realtime;

import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.notification.notifications.Recipient;
import java.time.Clock;
import java.time.Instant;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code POST /api/v1/realtime/tickets}: issues a ticket for the caller's own socket. */
@RestController
class TicketController {

    private final Tickets tickets;
    private final RealtimeProperties properties;
    private final Clock clock;

    TicketController(Tickets tickets, RealtimeProperties properties, Clock clock) {
        this.tickets = tickets;
        this.properties = properties;
        this.clock = clock;
    }

    /** @param ticket for one use in {@code /ws?ticket=…} */
    record IssuedTicket(String ticket, Instant expiresAt) {}

    @PostMapping("/api/v1/realtime/tickets")
    Mono<ResponseEntity<IssuedTicket>> issue(Caller.Account caller) {
        Instant expiresAt = clock.instant().plus(properties.ticketTtl());
        var holder = new TicketHolder(new Recipient(caller.tenant(), caller.accountId()), caller.sessionId());
        return tickets.issue(holder)
                .map(ticket -> ResponseEntity.status(HttpStatus.CREATED)
                        .cacheControl(CacheControl.noStore())
                        .body(new IssuedTicket(ticket.value(), expiresAt)));
    }
}
