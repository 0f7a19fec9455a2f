package dev.frontdesk.cache.namespaces;

import dev.frontdesk.kit.metrics.EventLoops;
import dev.frontdesk.kit.metrics.HttpPoolMetrics;
import dev.frontdesk.kit.outbound.AllowedAddresses;
import dev.frontdesk.kit.outbound.GuardedClients;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.PubSubConnection;
import dev.frontdesk.kit.values.AddressRange;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/** Announcements of changed settings, and the connections to origins. */
@Configuration(proxyBeanMethods = false)
class NamespacesConfiguration {

    @Bean
    SettingsSignals settingsSignals(
            PubSubConnection pubSub, KeySpace keys, ReactiveStringRedisTemplate redis, KnownNamespaces known) {
        return new SettingsSignals(pubSub, keys, redis, known);
    }

    @Bean(destroyMethod = "close")
    GuardedClients originClients(NamespacesProperties properties) {
        return new GuardedClients(
                "origins",
                new AllowedAddresses(properties.allowedNetworks().stream()
                        .map(AddressRange::parse)
                        .toList()),
                properties.connectTimeout(),
                properties.connections(),
                DnsServerAddressStreamProviders.platformDefault());
    }

    @Bean
    HttpPoolMetrics originPoolMetrics(GuardedClients clients) {
        return clients.poolMetrics();
    }

    @Bean
    EventLoops originEventLoops(GuardedClients clients) {
        return clients.eventLoops();
    }
}
