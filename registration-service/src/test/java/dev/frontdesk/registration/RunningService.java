package dev.frontdesk.registration;

import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.POSTGRES;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;

import dev.frontdesk.testsupport.servers.WithServers;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/**
 * The whole service on real servers that its tests share, with a movable clock; on a Redis Cluster, because what works
 * there also works on a single server.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            // Build machines may be slow; other tests cover a slow Redis or PostgreSQL.
            "spring.data.redis.timeout=5s",
            "spring.r2dbc.pool.max-acquire-time=9s",
            "frontdesk.registration.accounts.read-timeout=9s",
            "frontdesk.registration.accounts.write-timeout=9s",
            "frontdesk.registration.profile-cache.answer-within=5s",
            "frontdesk.registration.reset.link=https://shop.example/reset"
        })
@WithServers({REDIS_CLUSTER, POSTGRES, KAFKA})
@Import(Fixtures.class)
public @interface RunningService {}
