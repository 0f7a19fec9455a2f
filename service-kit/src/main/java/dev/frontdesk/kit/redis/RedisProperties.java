package dev.frontdesk.kit.redis;

import io.lettuce.core.SslVerifyMode;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param connections number of connections to each server, used in turn. With one, commands run in the order in which
 *     they were sent; with more, a command that was given up may run after a later one
 * @param verifyPeer how to verify the server's certificate, over TLS
 */
@ConfigurationProperties("frontdesk.redis")
record RedisProperties(
        @DefaultValue("1") int connections,
        @DefaultValue("FULL") SslVerifyMode verifyPeer) {

    RedisProperties {
        if (connections < 1) {
            throw new IllegalArgumentException("frontdesk.redis.connections must be at least 1");
        }
    }
}
