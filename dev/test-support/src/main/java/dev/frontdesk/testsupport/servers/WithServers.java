package dev.frontdesk.testsupport.servers;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Starts the service of a {@code @SpringBootTest} against real servers: everything that a service process finds in its
 * environment is there, see {@link TestEnvironment}. The servers are beans of the context, so that a test can have them
 * injected: {@link Redis}, {@link Postgres}, {@link Kafka}, {@link Smtp}, as well as the {@link Database} and the
 * {@link TestEnvironment}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WithServers {

    /** Servers that this service shares with the other tests of the JVM. */
    Server[] value() default {};

    /** Servers that this test class has for itself, because it stops or freezes them. */
    Server[] own() default {};
}
