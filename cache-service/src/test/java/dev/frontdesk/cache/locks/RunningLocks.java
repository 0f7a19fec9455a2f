package dev.frontdesk.cache.locks;

import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/**
 * The whole service on random ports; {@link LocksApi} and {@link StoredLocks} see it from both sides. Without an announcement,
 * those who wait look again only after an hour.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@SpringBootTest(
        webEnvironment = RANDOM_PORT,
        properties = {"management.server.port=0", "frontdesk.cache.locks.look-again=1h"})
@Import({LocksApi.class, StoredLocks.class})
@interface RunningLocks {}
