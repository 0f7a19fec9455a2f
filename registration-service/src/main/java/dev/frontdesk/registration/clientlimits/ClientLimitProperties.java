package dev.frontdesk.registration.clientlimits;

import dev.frontdesk.kit.values.AddressRange;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many sign-ups, resends and forgotten passwords, together, one client may send: a token bucket per IPv4 address or
 * IPv6 /64, over all tenants. Stored in Redis, or in each instance separately while Redis is down; it never fails open.
 *
 * @param refill tokens per hour
 * @param burst requests at once after a pause
 * @param ranges networks whose clients have other limits, for example the NAT of an office; the first match counts
 */
@ConfigurationProperties("frontdesk.registration.client-limit")
record ClientLimitProperties(
        @DefaultValue("30") int refill,
        @DefaultValue("10") int burst,
        @DefaultValue List<Range> ranges) {

    private static final int MOST = 1_000_000;

    ClientLimitProperties {
        ranges = List.copyOf(ranges);
        check(refill, burst);
    }

    /**
     * @param networks addresses or CIDR ranges
     * @param refill tokens per hour, for each client in them
     * @param burst requests at once after a pause, for each client in them
     */
    record Range(@DefaultValue List<String> networks, int refill, int burst) {

        Range {
            networks = List.copyOf(networks);
            if (networks.isEmpty()) {
                throw new IllegalArgumentException(
                        "frontdesk.registration.client-limit.ranges: each range needs networks");
            }
            // An invalid network must fail at startup, not at the first request.
            networks.forEach(AddressRange::parse);
            check(refill, burst);
        }
    }

    static void check(int refill, int burst) {
        if (refill < 1 || refill > MOST || burst < 1 || burst > MOST) {
            throw new IllegalArgumentException(
                    "frontdesk.registration.client-limit and hash-limit: every refill and burst must be 1 to " + MOST);
        }
    }
}
