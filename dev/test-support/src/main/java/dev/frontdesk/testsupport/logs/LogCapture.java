package dev.frontdesk.testsupport.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Stores what is logged during each test: by our code at every level, by libraries at their configured levels.
 *
 * <p>Logging is initialized once per JVM, see {@link LoggingOfTests}. A test during which this appender was removed fails,
 * because lines may be missing.
 */
public final class LogCapture implements BeforeEachCallback, AfterEachCallback {

    private static final String OURS = "dev.frontdesk";

    /** Captures of classes that run at the same time; the last one to end restores the level. */
    private static int attached;

    private static @Nullable Level levelBefore;

    private final Lines lines = new Lines();

    /** One per event, with everything in it. */
    public List<String> lines() {
        return List.copyOf(lines.kept);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        attach();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        detach();
    }

    void attach() {
        requireLogging();
        lines.kept.clear();
        lines.setContext(root().getLoggerContext());
        lines.start();
        root().addAppender(lines);
        raiseLevel();
    }

    void detach() {
        var stillThere = root().detachAppender(lines);
        lines.stop();
        restoreLevel();
        requireLogging();
        if (!stillThere) {
            throw new AssertionError("Logging was set up anew during the test: what was logged since is not known");
        }
    }

    private static void requireLogging() {
        if (!root().isErrorEnabled()) {
            throw new AssertionError("Logging is suppressed: nothing that the test logs would be seen");
        }
    }

    private static synchronized void raiseLevel() {
        if (attached++ == 0) {
            levelBefore = logger(OURS).getLevel();
            logger(OURS).setLevel(Level.TRACE);
        }
    }

    private static synchronized void restoreLevel() {
        if (--attached == 0) {
            logger(OURS).setLevel(levelBefore);
        }
    }

    private static Logger root() {
        return logger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    private static final class Lines extends AppenderBase<ILoggingEvent> {

        private final List<String> kept = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            var line = new StringJoiner(" ");
            line.add(event.getLevel().toString()).add(event.getLoggerName()).add(event.getFormattedMessage());
            // Arguments without a place in the message are still in structured logs.
            line.add(Arrays.toString(event.getArgumentArray()));
            line.add(event.getMDCPropertyMap().toString());
            line.add(Objects.toString(event.getKeyValuePairs(), ""));
            add(event.getThrowableProxy(), line);
            kept.add(line.toString());
        }

        private static void add(@Nullable IThrowableProxy thrown, StringJoiner line) {
            if (thrown != null) {
                line.add(ThrowableProxyUtil.asString(thrown));
            }
        }
    }
}
