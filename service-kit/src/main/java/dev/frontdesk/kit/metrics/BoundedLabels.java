package dev.frontdesk.kit.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.List;
import java.util.Set;

/**
 * Keeps a client or a change of servers from creating series in the metrics of libraries: an unknown HTTP method, which
 * a client can invent, becomes {@code UNKNOWN}, and addresses of servers are left out.
 */
final class BoundedLabels implements MeterFilter {

    private static final String UNKNOWN = "UNKNOWN";
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", UNKNOWN, "none");
    private static final Set<String> METHOD_LABELS = Set.of("method", "http.method", "httpMethod");
    private static final Set<String> ADDRESS_LABELS =
            Set.of("local", "remote", "remote.address", "net.sock.peer.addr", "net.sock.peer.port");

    @Override
    public Meter.Id map(Meter.Id id) {
        List<Tag> tags = id.getTags();
        return tags.stream().allMatch(BoundedLabels::isBounded)
                ? id
                : id.replaceTags(tags.stream()
                        .filter(tag -> !ADDRESS_LABELS.contains(tag.getKey()))
                        .map(tag -> isBounded(tag) ? tag : Tag.of(tag.getKey(), UNKNOWN))
                        .toList());
    }

    private static boolean isBounded(Tag tag) {
        return METHOD_LABELS.contains(tag.getKey())
                ? METHODS.contains(tag.getValue())
                : !ADDRESS_LABELS.contains(tag.getKey());
    }
}
