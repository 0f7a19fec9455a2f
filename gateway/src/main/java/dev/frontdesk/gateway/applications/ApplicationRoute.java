package dev.frontdesk.gateway.applications;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.gateway.limiter.Policy;
import dev.frontdesk.gateway.limiter.Subject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A route to an application, checked.
 *
 * @param audience of the assertions that the application gets
 * @param tenant whose callers it is for; null for those of all tenants
 * @param methods empty for all
 * @param external whether another proxy sends the requests to the application, and asks the gateway about each of them
 * @param servers with their weights, in the order of the draft; empty for an external route
 * @param sticky requests of a session, or of an API key without one, go to the same server
 * @param preserveHost the application gets the Host header of the client, not that of its server
 * @param stripPrefix what is taken away from the beginning of the path; empty for nothing
 * @param addPrefix what is put in front of the path then; empty for nothing
 * @param limits for the requests of this route, by whose requests they are
 * @param cost as how many requests one counts for the limits of all routes
 * @param timeout from the end of the request to the beginning of the response
 * @param retries how many other servers are tried for an idempotent request for which no connection could be opened
 * @param bodyLimit in bytes
 * @param identityHeaders also tells who calls in plain headers, for applications that trust the network
 * @param openapi the path of the application's OpenAPI document, for the page of documents; null if it has none
 */
record ApplicationRoute(
        String id,
        String audience,
        @Nullable TenantId tenant,
        HostPattern host,
        List<PathTemplate> paths,
        Set<String> methods,
        boolean external,
        Map<URI, Integer> servers,
        boolean sticky,
        boolean preserveHost,
        String stripPrefix,
        String addPrefix,
        RouteAccess access,
        Map<Subject.Kind, Policy> limits,
        int cost,
        Duration timeout,
        int retries,
        boolean breaker,
        long bodyLimit,
        HeaderChange requestHeaders,
        HeaderChange responseHeaders,
        boolean identityHeaders,
        boolean websocket,
        boolean eventStream,
        boolean compress,
        @Nullable String openapi) {

    /** GET includes HEAD. */
    boolean accepts(String method) {
        return methods.isEmpty() || methods.contains(method) || (method.equals("HEAD") && methods.contains("GET"));
    }
}
