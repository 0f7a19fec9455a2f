package dev.frontdesk.gateway.applications;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;

/** Headers that a route sets, instead of those of the same name, and that it removes. */
record HeaderChange(Map<String, String> set, List<String> remove) {

    static final HeaderChange NONE = new HeaderChange(Map.of(), List.of());

    void apply(HttpHeaders headers) {
        remove.forEach(headers::remove);
        set.forEach(headers::set);
    }
}
