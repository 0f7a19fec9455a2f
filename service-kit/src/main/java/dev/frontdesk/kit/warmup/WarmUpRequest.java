package dev.frontdesk.kit.warmup;

import java.util.Map;
import java.util.function.Supplier;

/**
 * A request that changes nothing, whatever its answer is. It should pass what most requests pass: filters, handlers,
 * codecs, and the stores and services behind them.
 *
 * @param method GET or POST
 * @param path with query
 * @param headers made for each request, because an assertion expires
 * @param body empty for none
 */
public record WarmUpRequest(String method, String path, Supplier<Map<String, String>> headers, String body) {

    public static WarmUpRequest get(String path, Supplier<Map<String, String>> headers) {
        return new WarmUpRequest("GET", path, headers, "");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
