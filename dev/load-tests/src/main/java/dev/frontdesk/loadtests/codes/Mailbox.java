package dev.frontdesk.loadtests.codes;

import dev.frontdesk.loadtests.http.Browser;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The arrival times of mails in the installation's mailbox. */
final class Mailbox {

    /** Rarely: each poll reads all mails, and they contain their arrival time. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Browser inbox;

    Mailbox(String url) {
        this.inbox = new Browser(url);
    }

    /**
     * The first mail to each of these addresses, by address; addresses without a mail after that time are missing.
     *
     * @param within from now on
     */
    Mono<Map<String, Instant>> arrivals(Set<String> addresses, Duration within) {
        long end = System.nanoTime() + within.toNanos();
        return Mono.defer(() -> look(addresses))
                .filter(found -> found.size() == addresses.size() || System.nanoTime() > end)
                .repeatWhenEmpty(looks -> looks.delayElements(LOOK_EVERY));
    }

    private Mono<Map<String, Instant>> look(Set<String> addresses) {
        return inbox.get("/api/messages", Map.of()).timeout(TIMEOUT).map(answer -> {
            var first = new HashMap<String, Instant>();
            for (JsonNode mail : JsonMapper.shared().readTree(answer.body())) {
                String to = mail.get("to").asString();
                if (addresses.contains(to)) {
                    first.merge(to, arrival(mail), (one, other) -> one.isBefore(other) ? one : other);
                }
            }
            return first;
        });
    }

    /** A mail's id is the time of its arrival, in microseconds since 1970. */
    private static Instant arrival(JsonNode mail) {
        return Instant.EPOCH.plus(Duration.ofNanos(Long.parseLong(mail.get("id").asString()) * 1_000));
    }
}
