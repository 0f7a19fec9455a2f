package dev.frontdesk.registration.clientlimits;

import dev.frontdesk.kit.values.AddressRange;
import dev.frontdesk.kit.values.ClientRange;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports refusals to operators: a counter, and a log line that does not identify the client. */
final class Refusals {

    private static final Logger log = LoggerFactory.getLogger(Refusals.class);

    private static final long PAUSE = Duration.ofMinutes(1).toMillis();

    private final String what;
    private final Counter counter;
    private final Clock clock;
    private final AtomicLong unsaid = new AtomicLong();
    private final AtomicLong silentUntil = new AtomicLong();

    private Refusals(String what, Counter counter, Clock clock) {
        this.what = what;
        this.counter = counter;
        this.clock = clock;
    }

    static Refusals ofRequests(MeterRegistry metrics, Clock clock) {
        return new Refusals(
                "sign-ups, resends and password resets were refused with reason client_limit",
                Counter.builder("frontdesk.registration.client.limit.refusals")
                        .description("Sign-ups, resends and password resets refused by the limit of their client")
                        .register(metrics),
                clock);
    }

    static Refusals ofHashes(MeterRegistry metrics, Clock clock) {
        return new Refusals(
                "password checks were refused with reason hash_limit",
                Counter.builder("frontdesk.registration.hash.limit.refusals")
                        .description("Password checks refused by the limit of their client")
                        .register(metrics),
                clock);
    }

    /** Logs at most once a minute for all clients together, so that a flood of requests does not flood the log. */
    void add(ClientRange client) {
        counter.increment();
        unsaid.incrementAndGet();
        long now = clock.millis();
        long until = silentUntil.get();
        if (now >= until && silentUntil.compareAndSet(until, now + PAUSE)) {
            log.warn(
                    "{} {} since the last such line, the newest from {}; if all clients are refused, see the runbook",
                    unsaid.getAndSet(0),
                    what,
                    kindOf(client));
        }
    }

    /** Enough to see that the gateway mistakes a proxy for the client, without identifying anyone. */
    private static String kindOf(ClientRange client) {
        InetAddress address = AddressRange.addressIn(client.value().split("/", 2)[0]);
        if (address == null) {
            return "an address that the gateway does not know";
        }
        return address.isSiteLocalAddress() || address.isLoopbackAddress() || address.isLinkLocalAddress()
                ? "a private address: if it is a proxy, add it to frontdesk.gateway.trusted-proxies"
                : "a public address";
    }
}
