package dev.frontdesk.kit.metrics;

import dev.frontdesk.kit.postgres.PostgresAutoConfiguration;
import dev.frontdesk.kit.postgres.PostgresEventLoops;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Transports;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.resources.LoopResources;

/** Configures the metrics of event loops, and keeps labels bounded. */
@AutoConfiguration(
        after = {DataRedisAutoConfiguration.class, PostgresAutoConfiguration.class},
        afterName = "org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration")
@EnableConfigurationProperties(MetricsProperties.class)
public class MetricsAutoConfiguration {

    @Bean
    EventLoopDelay eventLoopDelay(List<EventLoops> loops, MetricsProperties properties, MeterRegistry metrics) {
        return new EventLoopDelay(loops, properties.eventLoopInterval(), metrics);
    }

    /** Of the server, the management server and all HTTP clients. */
    @Bean
    EventLoops httpEventLoops(ReactorResourceFactory resources) {
        return new EventLoops("http", () -> resources.getLoopResources().onServer(LoopResources.DEFAULT_NATIVE));
    }

    @Bean
    @ConditionalOnBean(ClientResources.class)
    EventLoops redisEventLoops(ClientResources resources) {
        var provider = resources.eventLoopGroupProvider();
        return new EventLoops(
                "redis",
                () -> provider.allocate(Transports.eventLoopGroupClass()),
                // The client has allocated the same group, which stops with its last user.
                group -> provider.release(group, 0, 0, TimeUnit.SECONDS));
    }

    /** Netty's memory is not the JVM's: {@code jvm.buffer.memory.used} does not contain it. */
    @Bean
    MeterBinder directBuffers() {
        var allocator = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        return metrics -> Gauge.builder("frontdesk.buffers.direct", allocator, ByteBufAllocatorMetric::usedDirectMemory)
                .baseUnit("bytes")
                .register(metrics);
    }

    @Bean
    MeterFilter boundedLabels() {
        return new BoundedLabels();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(PostgresqlConnectionFactory.class)
    @ConditionalOnBean(PostgresEventLoops.class)
    static class OfPostgres {

        @Bean
        EventLoops measuredPostgresEventLoops(PostgresEventLoops loops) {
            return new EventLoops("postgres", loops::group);
        }
    }
}
