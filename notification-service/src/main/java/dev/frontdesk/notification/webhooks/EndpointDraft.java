package dev.frontdesk.notification.webhooks;

import dev.frontdesk.kit.values.TypedText;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.notification.outbound.OutboundClient;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requested state of an endpoint. A null component leaves an existing endpoint as it is, and means the default for
 * a new one.
 *
 * @param enabled null for no change
 * @param legacySignature null for no change
 */
record EndpointDraft(
        @Nullable String url,
        @Nullable String description,
        @Nullable List<String> eventTypes,
        @Nullable Boolean enabled,
        @Nullable Boolean legacySignature) {

    private static final TypedText DESCRIPTION = TypedText.line(200);
    private static final int MOST_TYPES = 50;

    /** The body of a client's request. */
    record Request(
            @Nullable String url,
            @Nullable String description,
            @Nullable List<@Nullable String> eventTypes,
            @Nullable Boolean enabled,
            @Nullable Boolean legacySignature) {}

    static EndpointDraft ofNew(Request request, OutboundClient sender) {
        var fields = new FieldReader();
        fields.required("url", request.url(), sender::callable);
        return checked(request, fields);
    }

    static EndpointDraft ofChange(Request request, OutboundClient sender) {
        var fields = new FieldReader();
        fields.optional("url", request.url(), sender::callable);
        return checked(request, fields);
    }

    private static EndpointDraft checked(Request request, FieldReader fields) {
        var description = fields.optional("description", request.description(), EndpointDraft::readDescription);
        var types = request.eventTypes() == null ? null : readTypes(request.eventTypes(), fields);
        fields.check();
        return new EndpointDraft(
                request.url(), description.orElse(null), types, request.enabled(), request.legacySignature());
    }

    private static String readDescription(String text) {
        // An empty description removes the previous one.
        return text.isEmpty() ? text : DESCRIPTION.read(text);
    }

    private static List<String> readTypes(List<@Nullable String> given, FieldReader fields) {
        var types = new LinkedHashSet<String>();
        if (given.isEmpty() || given.size() > MOST_TYPES) {
            fields.refuse("event_types", "must have 1 to " + MOST_TYPES + " elements");
            return List.of();
        }
        for (String type : given) {
            var read = fields.required("event_types", type, EventFilter::new);
            if (read.isEmpty()) {
                break;
            }
            types.add(read.get().value());
        }
        return List.copyOf(types);
    }
}
