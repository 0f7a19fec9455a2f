package dev.frontdesk.kit.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class AsyncRequestLogTest {

    private static final int QUEUED = 4;

    private final LoggerContext context = new LoggerContext();
    private final Output output = new Output();
    private final AsyncRequestLog log = new AsyncRequestLog(context.getLogger("ROOT"), QUEUED);

    AsyncRequestLogTest() {
        output.setContext(context);
        output.start();
        context.getLogger("ROOT").addAppender(output);
        log.start();
    }

    @AfterEach
    void stop() {
        output.open.countDown();
        log.stop();
    }

    @Test
    void writesAllQueuedLinesWhenItIsFlushed() {
        output.open.countDown();
        append("one");
        append("two");
        log.flush();

        assertThat(output.lines).containsExactly("one {traceId=t}", "two {traceId=t}");
        assertThat(log.dropped()).isZero();
    }

    @Test
    void dropsAndCountsWhatASlowOutputCannotTake() throws InterruptedException {
        append("stuck");
        output.reached.await();
        for (int i = 0; i < QUEUED + 3; i++) {
            append("line " + i);
        }

        assertThat(log.dropped()).isEqualTo(3);
        output.open.countDown();
        log.flush();
        assertThat(output.lines).hasSize(1 + QUEUED).last().asString().startsWith("line " + (QUEUED - 1));
    }

    private void append(String message) {
        try (var _ = MDC.putCloseable("traceId", "t")) {
            var event = new LoggingEvent("", context.getLogger("requests"), Level.INFO, message, null, null);
            event.setMDCPropertyMap(MDC.getCopyOfContextMap());
            log.doAppend(event);
        }
    }

    /** Writes nothing before it is opened. */
    private static final class Output extends AppenderBase<ILoggingEvent> {

        private final CountDownLatch open = new CountDownLatch(1);
        private final CountDownLatch reached = new CountDownLatch(1);
        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            reached.countDown();
            try {
                open.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            lines.add(event.getFormattedMessage() + " " + event.getMDCPropertyMap());
        }
    }
}
