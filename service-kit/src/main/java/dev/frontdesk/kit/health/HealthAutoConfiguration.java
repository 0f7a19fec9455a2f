package dev.frontdesk.kit.health;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.data.redis.autoconfigure.DataRedisReactiveAutoConfiguration;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.r2dbc.core.DatabaseClient;

/** Configures the health endpoint of the services; the gateway, which verifies no assertions, has its own page. */
@AutoConfiguration(
        after = DataRedisReactiveAutoConfiguration.class,
        afterName = "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration")
public class HealthAutoConfiguration {

    /** The version if there is no build information, as in an application that was not packaged. */
    private static final String UNKNOWN = "unknown";

    @Bean
    @ConditionalOnBean(ReactiveStringRedisTemplate.class)
    RedisHealth redisHealth(ReactiveStringRedisTemplate redis) {
        return new RedisHealth(redis);
    }

    public static String versionIn(ObjectProvider<BuildProperties> build) {
        var properties = build.getIfAvailable();
        return properties == null || properties.getVersion() == null ? UNKNOWN : properties.getVersion();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "frontdesk.identity.verify", matchIfMissing = true)
    static class OfAService {

        @Bean
        HealthController healthController(ObjectProvider<BuildProperties> build, ObjectProvider<HealthPart> parts) {
            return new HealthController(
                    new Health(versionIn(build), parts.orderedStream().toList()));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(DatabaseClient.class)
    static class OfPostgres {

        @Bean
        @ConditionalOnBean(DatabaseClient.class)
        PostgresHealth postgresHealth(DatabaseClient database) {
            return new PostgresHealth(database);
        }
    }
}
