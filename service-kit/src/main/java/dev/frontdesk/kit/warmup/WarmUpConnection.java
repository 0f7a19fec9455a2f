package dev.frontdesk.kit.warmup;

import reactor.netty.http.client.HttpClient;

/** How a service reaches its own port, if not with plain HTTP. */
@FunctionalInterface
public interface WarmUpConnection {

    /** @param plain a client for the port */
    HttpClient configure(HttpClient plain);
}
