package dev.frontdesk.registration.clientlimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.kit.values.ClientRange;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The size of a client's bucket, depending on the configuration. */
class BucketSizesTest {

    private static final TokenBucket USUAL = new TokenBucket(30, 10);

    private final Map<String, String> said = new HashMap<>();

    @Test
    void areTenAtOnceAndThirtyAnHourByDefault() {
        assertThat(of("203.0.113.7")).isEqualTo(USUAL);
        assertThat(of("2001:db8::1")).isEqualTo(USUAL);
        assertThat(of("no address")).isEqualTo(USUAL);
    }

    @Test
    void giveTheClientsOfANetworkTheirOwn() {
        range(0, "203.0.113.0/24, 2001:db8:7::/48", 600, 100);

        assertThat(of("203.0.113.7")).isEqualTo(new TokenBucket(600, 100));
        assertThat(of("::ffff:203.0.113.7")).isEqualTo(new TokenBucket(600, 100));
        assertThat(of("2001:db8:7:1::9")).isEqualTo(new TokenBucket(600, 100));
        assertThat(of("203.0.114.7")).isEqualTo(USUAL);
        assertThat(of("2001:db8:8::9")).isEqualTo(USUAL);
        assertThat(of("no address")).isEqualTo(USUAL);
    }

    @Test
    void takeTheFirstNetworkThatFits() {
        range(0, "203.0.113.7", 600, 100);
        range(1, "203.0.113.0/24", 60, 20);

        assertThat(of("203.0.113.7")).isEqualTo(new TokenBucket(600, 100));
        assertThat(of("203.0.113.8")).isEqualTo(new TokenBucket(60, 20));
    }

    @Test
    void areTheSameForAllAddressesOfAClient() {
        range(0, "2001:db8::/96", 600, 100);

        assertThat(of("2001:db8::ffff:0:0:1")).isEqualTo(of("2001:db8::1"));
    }

    @Test
    void ofHashesAreAsLargeAsThoseOfRequestsWhereThatIsMore() {
        range(0, "203.0.113.0/24", 600, 200);
        range(1, "198.51.100.0/24", 20_000, 20);
        var sizes = BucketSizes.ofHashes(new HashLimitProperties(7200, 100), properties());

        assertThat(sizes.of(ClientRange.of("192.0.2.1"))).isEqualTo(new TokenBucket(7200, 100));
        assertThat(sizes.of(ClientRange.of("203.0.113.7"))).isEqualTo(new TokenBucket(7200, 200));
        assertThat(sizes.of(ClientRange.of("198.51.100.7"))).isEqualTo(new TokenBucket(20_000, 100));
    }

    @Test
    void knowAfterWhichTimeEveryBucketIsFull() {
        assertThat(sizes().longestFillTime()).isEqualTo(Duration.ofMinutes(20));
        range(0, "203.0.113.0/24", 10, 100);
        assertThat(sizes().longestFillTime()).isEqualTo(Duration.ofHours(10));
    }

    @Test
    void areRefusedAtTheStartWhereTheyMakeNoSense() {
        for (var wrong : Map.of("refill", "0", "burst", "-1").entrySet()) {
            said.clear();
            said.put(wrong.getKey(), wrong.getValue());
            refuse("every refill and burst must be 1 to 1000000");
        }
        said.clear();
        range(0, "203.0.113.0/33", 600, 100);
        refuse("Not an address range: 203.0.113.0/33");
        range(0, "office.example.org", 600, 100);
        refuse("Not an address range");
        range(0, "203.0.113.0/24", 600, 0);
        refuse("every refill and burst must be 1 to 1000000");
        range(0, "203.0.113.0/24", 1_000_001, 1);
        refuse("every refill and burst must be 1 to 1000000");
        said.clear();
        said.put("ranges[0].refill", "600");
        said.put("ranges[0].burst", "100");
        refuse("each range needs networks");
    }

    private void refuse(String why) {
        assertThatThrownBy(this::sizes).isInstanceOf(BindException.class).hasStackTraceContaining(why);
    }

    private void range(int index, String networks, int refill, int burst) {
        said.put("ranges[" + index + "].networks", networks);
        said.put("ranges[" + index + "].refill", Integer.toString(refill));
        said.put("ranges[" + index + "].burst", Integer.toString(burst));
    }

    private TokenBucket of(String address) {
        return sizes().of(ClientRange.of(address));
    }

    private BucketSizes sizes() {
        return new BucketSizes(properties());
    }

    private ClientLimitProperties properties() {
        var prefixed = new HashMap<String, String>();
        said.forEach((name, value) -> prefixed.put("frontdesk.registration.client-limit." + name, value));
        return new Binder(new MapConfigurationPropertySource(prefixed))
                .bindOrCreate("frontdesk.registration.client-limit", ClientLimitProperties.class);
    }
}
