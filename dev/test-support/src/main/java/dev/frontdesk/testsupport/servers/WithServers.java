package dev.frontdesk.testsupport.servers;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Starts the service of a {@code @SpringBootTest} with real servers and the whole environment of a service process, see
 * {@link TestEnvironment}. The servers are beans of the context that a test can inject: {@link Redis}, {@link
 * Postgres}, {@link Kafka}, {@link Smtp}, as well as the {@link Database} and the {@link TestEnvironment}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WithServers {

    /** Servers that this service shares with the other tests of the JVM. */
    Server[] value() default {};

    /** Servers that belong to this test class alone, because it stops or freezes them. */
    Server[] own() default {};
}
