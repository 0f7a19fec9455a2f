package dev.frontdesk.kit.web;

import dev.frontdesk.kit.tracing.TraceContext;
import dev.frontdesk.kit.tracing.TraceLog;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs one line per request when its response begins or its client disconnects before that: method, route, status, milliseconds and, through the log pattern,
 * the trace. Logs no path, query, header or body, so no secrets. The level of this class turns the lines off.
 */
final class RequestLog {

    private static final Logger log = LoggerFactory.getLogger(RequestLog.class);

    private RequestLog() {}

    static void write(TraceContext trace, String method, String route, int status, long nanos) {
        if (log.isInfoEnabled()) {
            TraceLog.in(
                    trace,
                    () -> log.info("{} {} {} {} ms", method, route, status, TimeUnit.NANOSECONDS.toMillis(nanos)));
        }
    }
}
