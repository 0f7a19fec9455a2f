package dev.frontdesk.cache.origins;

import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import dev.frontdesk.cache.CacheClient;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** The whole service on random ports, with origins on this machine and a clock that tests move. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@SpringBootTest(
        webEnvironment = RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "frontdesk.cache.namespaces.allowed-networks=127.0.0.1"
        })
@Import({CacheClient.class, MovedTime.class})
@interface RunningWithOrigins {}
