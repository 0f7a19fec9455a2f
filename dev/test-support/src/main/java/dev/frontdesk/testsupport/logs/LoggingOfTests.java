package dev.frontdesk.testsupport.logs;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogFile;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemFactory;
import org.springframework.boot.logging.logback.LogbackLoggingSystem;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Logging that is set up once per JVM. Otherwise, after the first context of a test has closed, each context that starts
 * would suppress and reset logging for the tests that run beside it, and remove their {@link LogCapture}.
 */
final class LoggingOfTests extends LogbackLoggingSystem {

    private LoggingOfTests(ClassLoader classes) {
        super(classes);
    }

    /**
     * Suppresses nothing. Of two first contexts that start at the same time, the later one would suppress logging for
     * good, because the other has set it up in the meantime.
     */
    @Override
    public void beforeInitialize() {}

    @Override
    public void initialize(LoggingInitializationContext context, @Nullable String config, @Nullable LogFile file) {
        synchronized (LoggingOfTests.class) {
            super.initialize(context, config, file);
        }
    }

    /** The next context then finds that logging is set up. */
    @Override
    public void cleanUp() {}

    @Order(Ordered.HIGHEST_PRECEDENCE)
    static final class Factory implements LoggingSystemFactory {

        @Override
        public LoggingSystem getLoggingSystem(ClassLoader classes) {
            return new LoggingOfTests(classes);
        }
    }
}
