package dev.frontdesk.registration.tenants;

import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.kit.values.TypedText;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.KindName;
import dev.frontdesk.kit.web.StorableJson;
import dev.frontdesk.registration.quotas.QuotasRequest;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says of a tenant. A null component leaves an existing tenant as it is, and means the default for a
 * new one.
 *
 * @param quotas replace those that the tenant has
 * @param allowedOrigins replace those that the tenant has
 * @param settings a JSON object, which replaces the tenant's
 */
record TenantDraft(
        @Nullable String name,
        @Nullable String plan,
        @Nullable Quotas quotas,
        @Nullable List<String> allowedOrigins,
        @Nullable StorableJson settings) {

    static final String DEFAULT_PLAN = "standard";

    private static final TypedText NAME = TypedText.line(100);
    private static final int MOST_ORIGINS = 50;
    private static final int LARGEST_SETTINGS = 16 * 1024;

    /** The body of a client's request. */
    record Request(
            @Nullable String id,
            @Nullable String name,
            @Nullable String plan,
            @Nullable QuotasRequest quotas,
            @Nullable List<@Nullable String> allowedOrigins,
            @Nullable StorableJson settings) {}

    /** @param fields gets what is wrong with the request; the result is valid only if that is nothing */
    static TenantDraft read(Request request, FieldReader fields) {
        return new TenantDraft(
                fields.optional("name", request.name(), NAME::read).orElse(null),
                fields.optional("plan", request.plan(), KindName::read).orElse(null),
                request.quotas() == null ? null : request.quotas().read("quotas", fields),
                request.allowedOrigins() == null ? null : origins(request.allowedOrigins(), fields),
                settings(request.settings(), fields));
    }

    private static List<String> origins(List<@Nullable String> given, FieldReader fields) {
        if (given.size() > MOST_ORIGINS) {
            fields.refuse("allowed_origins", "must have at most " + MOST_ORIGINS + " elements");
            return List.of();
        }
        var origins = new LinkedHashSet<String>();
        for (String origin : given) {
            var read = fields.required("allowed_origins", origin, AllowedOrigin::new);
            if (read.isEmpty()) {
                break;
            }
            origins.add(read.get().value());
        }
        return List.copyOf(origins);
    }

    private static @Nullable StorableJson settings(@Nullable StorableJson given, FieldReader fields) {
        if (given == null || given.equals(StorableJson.NULL)) {
            return null;
        }
        if (!given.text().startsWith("{")) {
            fields.refuse("settings", "must be an object");
        } else if (given.size() > LARGEST_SETTINGS) {
            fields.refuse("settings", "must have at most " + LARGEST_SETTINGS + " bytes");
        }
        return given;
    }
}
