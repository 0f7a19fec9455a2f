package dev.frontdesk.registration.clientlimits;

import dev.frontdesk.kit.values.AddressRange;
import dev.frontdesk.kit.values.ClientRange;
import dev.frontdesk.registration.clientlimits.ClientLimitProperties.Range;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The bucket size of a client: that of the first configured range that contains it, otherwise the default. */
final class BucketSizes {

    private final TokenBucket usual;
    private final List<OfRange> ranges;

    private record OfRange(List<AddressRange> networks, TokenBucket bucket) {

        boolean contains(InetAddress address) {
            return networks.stream().anyMatch(network -> network.contains(address));
        }
    }

    BucketSizes(ClientLimitProperties properties) {
        this(new TokenBucket(properties.refill(), properties.burst()), properties.ranges(), UnaryOperator.identity());
    }

    private BucketSizes(TokenBucket usual, List<Range> ranges, UnaryOperator<TokenBucket> sized) {
        this.usual = usual;
        this.ranges = ranges.stream()
                .map(range -> new OfRange(
                        range.networks().stream().map(AddressRange::parse).toList(),
                        sized.apply(new TokenBucket(range.refill(), range.burst()))))
                .toList();
    }

    /** Networks with many users sign up more often, and log in even more often. */
    static BucketSizes ofHashes(HashLimitProperties hashes, ClientLimitProperties requests) {
        return new BucketSizes(
                new TokenBucket(hashes.refill(), hashes.burst()),
                requests.ranges(),
                bucket -> new TokenBucket(
                        Math.max(bucket.refill(), hashes.refill()), Math.max(bucket.burst(), hashes.burst())));
    }

    /** Returns the same size for all addresses of a client: an IPv6 /64 counts as its first address. */
    TokenBucket of(ClientRange client) {
        InetAddress address = AddressRange.addressIn(client.value().split("/", 2)[0]);
        return address == null
                ? usual
                : ranges.stream()
                        .filter(range -> range.contains(address))
                        .map(OfRange::bucket)
                        .findFirst()
                        .orElse(usual);
    }

    /** The time after which every unused bucket is full. */
    Duration longestFillTime() {
        return Stream.concat(Stream.of(usual), ranges.stream().map(OfRange::bucket))
                .map(TokenBucket::fillTime)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
