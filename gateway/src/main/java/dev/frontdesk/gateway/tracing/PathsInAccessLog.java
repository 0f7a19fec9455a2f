package dev.frontdesk.gateway.tracing;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.ReactorNetty;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.logging.AccessLog;
import reactor.netty.http.server.logging.AccessLogArgProvider;

/** Writes lines of Reactor Netty's access log, if it is enabled, without the query and with the trace id. */
@Component
final class PathsInAccessLog implements NettyServerCustomizer {

    private final boolean enabled;

    PathsInAccessLog(@Value("${" + ReactorNetty.ACCESS_LOG_ENABLED + ":false}") boolean enabled) {
        this.enabled = enabled;
    }

    @Override
    public HttpServer apply(HttpServer server) {
        return server.accessLog(enabled, PathsInAccessLog::line);
    }

    private static AccessLog line(AccessLogArgProvider request) {
        return AccessLog.create(
                "{} {} {} {}ms {}",
                request.method(),
                path(request.uri()),
                request.status(),
                request.duration(),
                request.responseHeader("X-Trace-Id"));
    }

    private static String path(@Nullable CharSequence uri) {
        return uri == null ? "-" : uri.toString().split("\\?", 2)[0];
    }
}
