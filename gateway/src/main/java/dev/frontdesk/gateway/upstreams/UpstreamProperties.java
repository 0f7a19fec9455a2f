package dev.frontdesk.gateway.upstreams;

import dev.frontdesk.kit.outbound.AllowedAddresses;
import dev.frontdesk.kit.values.AddressRange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the connections to applications.
 *
 * @param allowedNetworks addresses or CIDR ranges that are not public but that applications may have
 * @param deniedNetworks addresses or CIDR ranges that applications must not have, also if they are in an allowed network: those
 *     of pods of our own services, for example
 * @param deniedPorts ports that are refused in those networks, besides {@link #ALWAYS_DENIED}
 * @param trustedCertificates a PEM file with the authorities that sign the certificates of applications; null for those that
 *     the JDK trusts
 * @param connectTimeout of the TCP connection and of the TLS handshake, each
 * @param connections to one server, at most
 * @param ejectAfter a server that fails so many times in a row gets no requests for some time, as long as there are others
 * @param ejectFor how long, the first time; twice as long each time after that, up to 16 times as long
 */
@ConfigurationProperties("frontdesk.gateway.upstreams")
record UpstreamProperties(
        @DefaultValue List<String> allowedNetworks,

        @DefaultValue List<String> deniedNetworks,
        @DefaultValue Set<Integer> deniedPorts,

        @Nullable Path trustedCertificates,
        @DefaultValue("1s") Duration connectTimeout,
        @DefaultValue("500") int connections,
        @DefaultValue("5") int ejectAfter,
        @DefaultValue("10s") Duration ejectFor) {

    /** The usual ports of stores, brokers and mail servers, of remote shells, and of our own management. */
    private static final Set<Integer> ALWAYS_DENIED = Set.of(
            22, 25, 465, 587, 2379, 2380, 5432, 6379, 6380, 9092, 9093, 10250, 18090, 18091, 18092, 18093, 18094,
            26379);

    UpstreamProperties {
        if (!connectTimeout.isPositive() || connections < 1 || ejectAfter < 1 || !ejectFor.isPositive()) {
            throw new IllegalArgumentException(
                    "frontdesk.gateway.upstreams: connect-timeout, connections, eject-after and eject-for must be positive");
        }
        allowedNetworks = List.copyOf(allowedNetworks);
        deniedNetworks = List.copyOf(deniedNetworks);
        deniedPorts =
                Stream.concat(deniedPorts.stream(), ALWAYS_DENIED.stream()).collect(Collectors.toUnmodifiableSet());
    }

    List<AddressRange> deniedRanges() {
        return deniedNetworks.stream().map(AddressRange::parse).toList();
    }

    AllowedAddresses allowedAddresses() {
        return new AllowedAddresses(
                allowedNetworks.stream().map(AddressRange::parse).toList());
    }
}
