package dev.frontdesk.testsupport.concurrency;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Set;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;
import org.springframework.test.annotation.DirtiesContext;

/**
 * An integration test that mostly waits, for a server that is stopped or a process that is killed: it runs beside the
 * other classes of its module, which run one after the other. It has a Spring context and a clock of its own, harms only
 * servers of its own, and asserts nothing about what belongs to the whole JVM. Its own tests run one after the other;
 * then its context is closed.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@DirtiesContext
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(providers = ConcurrentTestClass.Itself.class)
public @interface ConcurrentTestClass {

    /** A lock on the class makes JUnit run its tests in one thread. */
    final class Itself implements ResourceLocksProvider {

        @Override
        public Set<Lock> provideForClass(Class<?> testClass) {
            return Set.of(new Lock(testClass.getName()));
        }
    }
}
