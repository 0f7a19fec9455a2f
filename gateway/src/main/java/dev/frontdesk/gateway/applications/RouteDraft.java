package dev.frontdesk.gateway.applications;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A route as operators write it, not checked yet. {@link RouteReader} says what each field means and what is left out.
 *
 * @param external requests reach the application through another proxy, which asks the gateway about each of them
 * @param bodyLimitBytes of a request
 */
record RouteDraft(
        @Nullable String id,
        @Nullable String audience,
        @Nullable String tenant,
        @Nullable String host,
        @Nullable List<String> paths,
        @Nullable List<String> methods,
        @Nullable Boolean external,
        @Nullable List<Server> upstreams,
        @Nullable Boolean sticky,
        @Nullable Boolean preserveHost,
        @Nullable String stripPrefix,
        @Nullable String addPrefix,
        @Nullable Allowed allow,
        @Nullable Map<String, Limit> limits,
        @Nullable Integer cost,
        @Nullable Long timeoutMs,
        @Nullable Integer retries,
        @Nullable Boolean breaker,
        @Nullable Long bodyLimitBytes,
        @Nullable HeaderChanges requestHeaders,
        @Nullable HeaderChanges responseHeaders,
        @Nullable Boolean identityHeaders,
        @Nullable Boolean websocket,
        @Nullable Boolean eventStream,
        @Nullable Boolean compress,
        @Nullable String openapi) {

    RouteDraft withId(String named) {
        return new RouteDraft(
                named,
                audience,
                tenant,
                host,
                paths,
                methods,
                external,
                upstreams,
                sticky,
                preserveHost,
                stripPrefix,
                addPrefix,
                allow,
                limits,
                cost,
                timeoutMs,
                retries,
                breaker,
                bodyLimitBytes,
                requestHeaders,
                responseHeaders,
                identityHeaders,
                websocket,
                eventStream,
                compress,
                openapi);
    }

    record Server(@Nullable String url, @Nullable Integer weight) {}

    record Allowed(
            @Nullable Boolean anonymous,
            @Nullable Boolean anyAccount,
            @Nullable List<String> roles,
            @Nullable Boolean anyApiKey,
            @Nullable List<String> scopes) {}

    record Limit(
            @Nullable Integer refill,
            @Nullable Integer capacity,
            @Nullable Long perMinute,
            @Nullable Long perHour,
            @Nullable Long perDay,
            @Nullable String withoutRedis) {}

    record HeaderChanges(
            @Nullable Map<String, String> set, @Nullable List<String> remove) {}
}
