package dev.frontdesk.cache.widgets;

import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** The whole service on random ports; {@link WidgetsApi} and {@link StoredWidgets} see it from both sides. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@SpringBootTest(webEnvironment = RANDOM_PORT, properties = "management.server.port=0")
@Import({WidgetsApi.class, StoredWidgets.class})
@interface RunningWidgets {}
