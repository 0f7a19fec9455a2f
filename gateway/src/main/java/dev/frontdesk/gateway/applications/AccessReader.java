package dev.frontdesk.gateway.applications;

import dev.frontdesk.contracts.apikeys.Scope;
import dev.frontdesk.contracts.apikeys.Scopes;
import dev.frontdesk.gateway.limiter.Policy;
import dev.frontdesk.gateway.limiter.Policy.WithoutRedis;
import dev.frontdesk.gateway.limiter.Subject;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads who may use a route, and by which limits. */
final class AccessReader {

    private static final Pattern ROLE = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

    private static final RouteAccess CLOSED = new RouteAccess(false, false, Set.of(), false, new Scopes(List.of()));

    private final RouteFields fields;

    AccessReader(RouteFields fields) {
        this.fields = fields;
    }

    /** It must be said: a route that is open by mistake is worse than one that is refused. */
    RouteAccess access(RouteDraft.@Nullable Allowed given) {
        if (given == null) {
            fields.refuse("allow", "is required: anonymous, any_account, roles or any_api_key");
            return CLOSED;
        }
        var access = new RouteAccess(
                Boolean.TRUE.equals(given.anonymous()),
                Boolean.TRUE.equals(given.anyAccount()),
                Set.copyOf(fields.each("allow.roles", given.roles(), AccessReader::role)),
                Boolean.TRUE.equals(given.anyApiKey()),
                new Scopes(fields.each("allow.scopes", given.scopes(), AccessReader::scope)));
        if (!access.anonymous() && !access.accounts() && access.roles().isEmpty() && !access.apiKeys()) {
            fields.refuse("allow", "must allow anonymous, any_account, roles or any_api_key");
        }
        if (!access.apiKeys() && !access.scopes().all().isEmpty()) {
            fields.refuse("allow.scopes", "has no effect without any_api_key");
        }
        return access;
    }

    private static String role(String text) {
        if (!ROLE.matcher(text).matches()) {
            throw new IllegalArgumentException("must be the name of a role");
        }
        return text;
    }

    private static Scope scope(String text) {
        return Scope.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("must be a scope, such as application:read"));
    }

    Map<Subject.Kind, Policy> limits(@Nullable Map<String, RouteDraft.@Nullable Limit> given) {
        var limits = new EnumMap<Subject.Kind, Policy>(Subject.Kind.class);
        if (given != null) {
            given.forEach((name, limit) -> {
                String at = "limits." + name;
                Subject.Kind kind = kindOf(name);
                if (kind == null) {
                    fields.refuse(at, "must be one of address, account, api_key and tenant");
                } else if (limit == null) {
                    fields.refuse(at, "is required");
                } else {
                    policy(at, limit, kind, limits);
                }
            });
        }
        return Map.copyOf(limits);
    }

    private void policy(String at, RouteDraft.Limit limit, Subject.Kind kind, Map<Subject.Kind, Policy> limits) {
        WithoutRedis without = fields.optional(
                at + ".without_redis", limit.withoutRedis(), AccessReader::withoutRedis, WithoutRedis.LOCAL);
        try {
            var policy = new Policy(
                    orNone(limit.refill()).intValue(),
                    orNone(limit.capacity()).intValue(),
                    orNone(limit.perMinute()).longValue(),
                    orNone(limit.perHour()).longValue(),
                    orNone(limit.perDay()).longValue(),
                    1,
                    without,
                    Policy.Mode.ENFORCE);
            if (policy.isUnlimited()) {
                fields.refuse(at, "must have a limit: refill and capacity, per_minute, per_hour or per_day");
            }
            limits.put(kind, policy);
        } catch (IllegalArgumentException wrong) {
            fields.refuse(at, String.valueOf(wrong.getMessage()));
        }
    }

    private static Number orNone(@Nullable Number limit) {
        return limit == null ? 0 : limit;
    }

    private static Subject.@Nullable Kind kindOf(String name) {
        for (Subject.Kind kind : Subject.Kind.values()) {
            if (kind.label().equals(name)) {
                return kind;
            }
        }
        return null;
    }

    private static WithoutRedis withoutRedis(String text) {
        return Stream.of(WithoutRedis.values())
                .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be local, open or closed"));
    }
}
