package dev.frontdesk.gateway.degradation;

import dev.frontdesk.kit.connections.ClientDisconnects;
import dev.frontdesk.kit.tracing.TraceLog;
import dev.frontdesk.kit.web.Problems;
import dev.frontdesk.kit.web.RequestTelemetry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.web.server.ServerWebExchange;

/** Answers 503 while a service is down. */
public final class OutageMapping {

    private static final Logger log = LoggerFactory.getLogger(OutageMapping.class);

    private OutageMapping() {}

    /** @return the error itself if it does not show an outage, or if it is too late to answer */
    public static Throwable map(ServerWebExchange exchange, Route route, Throwable error) {
        if (!OutageSignals.isBehind(error)
                || exchange.getResponse().isCommitted()
                || ClientDisconnects.isGone(exchange.getResponse())) {
            return error;
        }
        // An open circuit breaker is logged once, when it opens.
        TraceLog.in(
                RequestTelemetry.traceOf(exchange),
                () -> log.atLevel(OutageSignals.isOpenBreaker(error) ? Level.DEBUG : Level.WARN)
                        .log("{} is unavailable: {}", route.getId(), error.toString()));
        return Problems.unavailable();
    }
}
