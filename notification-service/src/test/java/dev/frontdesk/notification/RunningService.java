package dev.frontdesk.notification;

import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.POSTGRES;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static dev.frontdesk.testsupport.servers.Server.SMTP;

import dev.frontdesk.testsupport.servers.WithServers;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/** The whole service on real servers that its tests share. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            // Where tests have their own servers.
            "frontdesk.notification.outbound.allowed-networks=127.0.0.0/8",
            "frontdesk.notification.webhooks.first-backoff=50ms",
            // Longer than a test waits for work that must not depend on it.
            "frontdesk.notification.webhooks.answer-within=45s",
            "frontdesk.notification.webhooks.disable-after=0s",
            "frontdesk.notification.reports.link=https://shop.example/reports"
        })
@WithServers({REDIS, POSTGRES, KAFKA, SMTP})
@Import(Fixtures.class)
public @interface RunningService {}
