package dev.frontdesk.gateway.upstreams;

import dev.frontdesk.gateway.routing.Services;
import dev.frontdesk.kit.events.KafkaProperties;
import dev.frontdesk.kit.metrics.HttpPoolMetrics;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.scheduler.Schedulers;

/** Puts the parts of the connections to applications together. */
@Configuration(proxyBeanMethods = false)
class UpstreamsConfiguration {

    /** In Kubernetes, the address of the API server. */
    private static final String API_SERVER = "KUBERNETES_SERVICE_HOST";

    private static final int HTTPS_PORT = 443;

    @Bean
    OwnServers ownServers(
            Services services, KafkaProperties kafka, List<LettuceConnectionFactory> redis, Environment environment) {
        var servers = new OwnServers(
                Stream.of(of(services), of(kafka), of(redis), apiServer(environment))
                        .flatMap(List::stream)
                        .distinct()
                        .toList(),
                () -> portsOf(environment),
                Schedulers.newBoundedElastic(1, 4, "own-servers", 10, true));
        // Before any route is read.
        servers.resolveNow();
        return servers;
    }

    private static List<InetSocketAddress> of(Services services) {
        return Stream.of(services.registration(), services.session(), services.notification(), services.cache())
                .map(UpstreamsConfiguration::addressOf)
                .toList();
    }

    private static InetSocketAddress addressOf(URI service) {
        return InetSocketAddress.createUnresolved(service.getHost(), service.getPort() > 0 ? service.getPort() : 80);
    }

    /** {@code host:port}, comma-separated. */
    private static List<InetSocketAddress> of(KafkaProperties kafka) {
        return Stream.of(kafka.servers().split(",", -1))
                .map(server -> server.strip().replaceFirst("^[A-Z_]+://", ""))
                .filter(server -> server.lastIndexOf(':') > 0)
                .map(server -> InetSocketAddress.createUnresolved(
                        server.substring(0, server.lastIndexOf(':')),
                        Integer.parseInt(server.substring(server.lastIndexOf(':') + 1))))
                .toList();
    }

    private static List<InetSocketAddress> of(List<LettuceConnectionFactory> connections) {
        var servers = new ArrayList<InetSocketAddress>();
        for (LettuceConnectionFactory redis : connections) {
            var cluster = redis.getClusterConfiguration();
            var sentinel = redis.getSentinelConfiguration();
            if (cluster != null) {
                cluster.getClusterNodes().forEach(node -> servers.add(addressOf(node)));
            } else if (sentinel != null) {
                sentinel.getSentinels().forEach(node -> servers.add(addressOf(node)));
            } else {
                servers.add(InetSocketAddress.createUnresolved(redis.getHostName(), redis.getPort()));
            }
        }
        return servers;
    }

    private static InetSocketAddress addressOf(RedisNode node) {
        return InetSocketAddress.createUnresolved(
                String.valueOf(node.getHost()), Objects.requireNonNullElse(node.getPort(), 0));
    }

    private static List<InetSocketAddress> apiServer(Environment environment) {
        String host = environment.getProperty(API_SERVER);
        return host == null ? List.of() : List.of(InetSocketAddress.createUnresolved(host, HTTPS_PORT));
    }

    /** The real ones are known once the servers listen. */
    private static Set<Integer> portsOf(Environment environment) {
        return Stream.of("local.server.port", "server.port", "local.management.port", "management.server.port")
                .map(name -> environment.getProperty(name, Integer.class))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    @Bean
    UpstreamAddresses upstreamAddresses(UpstreamProperties properties, OwnServers own) {
        return new UpstreamAddresses(
                properties.allowedAddresses(), properties.deniedPorts(), properties.deniedRanges(), own::include);
    }

    @Bean
    HttpPoolMetrics upstreamPoolMetrics() {
        return new HttpPoolMetrics("upstreams");
    }

    @Bean
    UpstreamConnections upstreamConnections(
            UpstreamProperties properties, UpstreamAddresses addresses, HttpPoolMetrics upstreamPoolMetrics) {
        return new UpstreamConnections(properties, addresses, upstreamPoolMetrics);
    }
}
