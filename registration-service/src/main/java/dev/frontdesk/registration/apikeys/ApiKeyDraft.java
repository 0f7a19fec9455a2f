package dev.frontdesk.registration.apikeys;

import dev.frontdesk.contracts.apikeys.Scope;
import dev.frontdesk.contracts.apikeys.Scope.Action;
import dev.frontdesk.contracts.apikeys.Scope.Area;
import dev.frontdesk.contracts.apikeys.Scopes;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.kit.values.TypedText;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.Timestamps;
import dev.frontdesk.registration.quotas.QuotasRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of a key. A null component leaves an existing key as it is.
 *
 * @param scopes replace those that the key has
 * @param limits replace those that the key has
 */
record ApiKeyDraft(
        @Nullable String name,
        @Nullable Scopes scopes,
        @Nullable Quotas limits,
        @Nullable Instant expiresAt) {

    private static final TypedText NAME = TypedText.line(100);
    private static final int MOST_SCOPES = Area.values().length * Action.values().length;

    /** For example {@code areas: accounts, …}, for errors. */
    private static final String AREAS = Stream.of(Area.values())
            .map(area -> new Scope(area, Action.READ).text())
            .map(text -> text.substring(0, text.indexOf(':')))
            .collect(Collectors.joining(", "));

    /** The body of a client's request. */
    record Request(
            @Nullable String name,
            @Nullable List<@Nullable String> scopes,
            @Nullable QuotasRequest limits,
            @Nullable String expiresAt) {}

    static ApiKeyDraft ofNew(Request request, Instant now) {
        var fields = new FieldReader();
        fields.required("name", request.name(), name -> name);
        if (request.scopes() == null) {
            fields.refuse("scopes", "is required");
        }
        return read(request, now, fields);
    }

    static ApiKeyDraft ofChange(Request request, Instant now) {
        return read(request, now, new FieldReader());
    }

    private static ApiKeyDraft read(Request request, Instant now, FieldReader fields) {
        var draft = new ApiKeyDraft(
                fields.optional("name", request.name(), NAME::read).orElse(null),
                request.scopes() == null ? null : scopes(request.scopes(), fields),
                request.limits() == null ? null : request.limits().read("limits", fields),
                fields.optional("expires_at", request.expiresAt(), text -> future(text, now))
                        .orElse(null));
        fields.check();
        return draft;
    }

    private static Scopes scopes(List<@Nullable String> given, FieldReader fields) {
        var scopes = new ArrayList<Scope>();
        if (given.isEmpty() || given.size() > MOST_SCOPES) {
            fields.refuse("scopes", "must have 1 to " + MOST_SCOPES + " elements");
        }
        for (String text : given.subList(0, Math.min(given.size(), MOST_SCOPES))) {
            var read = fields.required("scopes", text, ApiKeyDraft::scope);
            if (read.isEmpty()) {
                break;
            }
            scopes.add(read.get());
        }
        return new Scopes(scopes);
    }

    private static Scope scope(String text) {
        return Scope.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("must be an area and read, write or administer, such as"
                        + " cache:write; the areas are " + AREAS));
    }

    private static Instant future(String text, Instant now) {
        Instant time = Timestamps.read(text).truncatedTo(ChronoUnit.MILLIS);
        if (!time.isAfter(now)) {
            throw new IllegalArgumentException("must be in the future");
        }
        return time;
    }

    Scopes scopesOr(Scopes present) {
        return scopes == null ? present : scopes;
    }

    Quotas limitsOr(Quotas present) {
        return limits == null ? present : limits;
    }

    @Nullable Instant expiresAtOr(@Nullable Instant present) {
        return expiresAt == null ? present : expiresAt;
    }

    boolean changes(ApiKey key) {
        return !scopesOr(key.scopes()).equals(key.scopes())
                || !limitsOr(key.limits()).equals(key.limits())
                || name != null && !name.equals(key.name())
                || expiresAt != null && !expiresAt.equals(key.expiresAt());
    }
}
