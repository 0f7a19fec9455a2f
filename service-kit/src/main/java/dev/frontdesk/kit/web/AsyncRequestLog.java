package dev.frontdesk.kit.web;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.LoggerFactory;

/**
 * Writes the lines of {@link RequestLog} on a thread of its own, to wherever all other lines are written. If the output
 * is slower than the requests, lines are dropped and counted ({@code frontdesk.log.dropped}): no request waits for its
 * line. Other lines are few, and are never dropped.
 */
final class AsyncRequestLog extends UnsynchronizedAppenderBase<ILoggingEvent> {

    /** Some seconds of a fast instance; about 4 MB. */
    private static final int QUEUED = 8192;

    /** Lines are collected for so long, so that requests do not wake the thread one by one. */
    private static final long COLLECTED_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long FINISH_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final BlockingQueue<ILoggingEvent> queue;
    private final LongAdder dropped = new LongAdder();

    /** Lines that are queued or being written. */
    private final AtomicInteger pending = new AtomicInteger();

    private final Logger output;
    private final Thread writer = new Thread(this::write, "request-log");
    private volatile boolean stopping;

    /** @param output the logger whose appenders write the lines */
    AsyncRequestLog(Logger output, int queued) {
        this.output = output;
        this.queue = new ArrayBlockingQueue<>(queued);
        setName("REQUESTS");
        setContext(output.getLoggerContext());
    }

    /** Takes over the lines of {@link RequestLog}, once for each set-up of the logging system. */
    static synchronized AsyncRequestLog attach(MeterRegistry meters) {
        Logger requests = (Logger) LoggerFactory.getLogger(RequestLog.class);
        AsyncRequestLog log =
                requests.getAppender("REQUESTS") instanceof AsyncRequestLog attached ? attached : attachTo(requests);
        FunctionCounter.builder("frontdesk.log.dropped", log, AsyncRequestLog::dropped)
                .description("Request lines that were dropped because the log output was too slow")
                .register(meters);
        return log;
    }

    private static AsyncRequestLog attachTo(Logger requests) {
        var root = requests.getLoggerContext().getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var log = new AsyncRequestLog(root, QUEUED);
        log.start();
        requests.addAppender(log);
        requests.setAdditive(false);
        return log;
    }

    double dropped() {
        return dropped.sum();
    }

    @Override
    public void start() {
        writer.setDaemon(true);
        writer.start();
        super.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        event.prepareForDeferredProcessing();
        pending.incrementAndGet();
        if (!queue.offer(event)) {
            pending.decrementAndGet();
            dropped.increment();
        }
    }

    /** Waits until what is queued is written, for a bounded time. Call it before the logging system stops. */
    void flush() {
        long end = System.nanoTime() + FINISH_NANOS;
        while (pending.get() > 0 && writer.isAlive() && System.nanoTime() < end) {
            LockSupport.parkNanos(COLLECTED_NANOS);
        }
    }

    /** The appenders of the output have stopped before this one, so what is still queued is lost, and counted. */
    @Override
    public void stop() {
        if (isStarted()) {
            super.stop();
            stopping = true;
            writer.interrupt();
            dropped.add(queue.size());
        }
    }

    private void write() {
        var batch = new ArrayList<ILoggingEvent>();
        while (!stopping) {
            try {
                batch.add(queue.take());
            } catch (InterruptedException stopped) {
                return;
            }
            LockSupport.parkNanos(COLLECTED_NANOS);
            queue.drainTo(batch);
            batch.forEach(output::callAppenders);
            pending.addAndGet(-batch.size());
            batch.clear();
        }
    }
}
