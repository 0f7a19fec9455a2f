package dev.frontdesk.gateway.applications;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.gateway.upstreams.UpstreamAddresses;
import dev.frontdesk.gateway.upstreams.Upstreams;
import dev.frontdesk.kit.web.FieldReader;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the fields of a route by themselves, and fills in what is left out. All errors are told, each with its field. */
final class RouteReader {

    private static final long LONGEST_TIMEOUT_MS = Duration.ofMinutes(10).toMillis();
    private static final long DEFAULT_TIMEOUT_MS = Duration.ofSeconds(10).toMillis();
    private static final int MOST_RETRIES = 3;
    private static final int HIGHEST_COST = 1_000_000;
    private static final long LARGEST_BODY = 1L << 40;
    private static final long DEFAULT_BODY = 1 << 20;

    /** Where an id is in a path, these mean something else. */
    private static final List<String> PATHS_OF_THE_API = List.of("dry-run", "versions");

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Pattern SLUG = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern AUDIENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}");
    private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~!$&'()+,=:@-]+){1,20}");

    private final UpstreamAddresses addresses;

    RouteReader(UpstreamAddresses addresses) {
        this.addresses = addresses;
    }

    /**
     * @param at where the route is in the document, in front of the names of its fields; for example {@code routes[2].}
     * @param stored the addresses of its servers are not checked: which ones are allowed may have changed since it was accepted,
     *     and no connection to others is opened
     * @return null if it has errors
     */
    @Nullable ApplicationRoute read(RouteDraft draft, String at, boolean stored, FieldReader errors) {
        var fields = new RouteFields(at, errors);
        var access = new AccessReader(fields);
        var headers = new HeaderChangeReader(fields);
        String id = fields.required("id", draft.id(), RouteReader::id, "");
        HostPattern host = fields.optional("host", draft.host(), HostPattern::parse, HostPattern.ANY);
        boolean external = is(draft.external(), false);
        List<PathTemplate> paths = paths(draft.paths(), host, external, fields);
        String strip = fields.optional("strip_prefix", draft.stripPrefix(), RouteReader::prefix, "");
        checkStripped(strip, paths, fields);
        if (external) {
            checkExternal(draft, fields);
        }
        var route = new ApplicationRoute(
                id,
                fields.optional("audience", draft.audience(), RouteReader::audience, id),
                draft.tenant() == null
                        ? null
                        : fields.optional("tenant", draft.tenant(), RouteReader::tenant, TenantId.DEFAULT),
                host,
                paths,
                Set.copyOf(fields.each("methods", draft.methods(), RouteReader::method)),
                external,
                external
                        ? Map.of()
                        : servers(draft.upstreams(), stored ? UpstreamAddresses::parse : addresses::read, fields),
                is(draft.sticky(), false),
                is(draft.preserveHost(), false),
                strip,
                fields.optional("add_prefix", draft.addPrefix(), RouteReader::prefix, ""),
                access.access(draft.allow()),
                access.limits(draft.limits()),
                (int) fields.number("cost", draft.cost(), 0, HIGHEST_COST, 1),
                Duration.ofMillis(
                        fields.number("timeout_ms", draft.timeoutMs(), 1, LONGEST_TIMEOUT_MS, DEFAULT_TIMEOUT_MS)),
                (int) fields.number("retries", draft.retries(), 0, MOST_RETRIES, 1),
                is(draft.breaker(), true),
                fields.number("body_limit_bytes", draft.bodyLimitBytes(), 0, LARGEST_BODY, DEFAULT_BODY),
                headers.ofRequest(draft.requestHeaders()),
                headers.ofResponse(draft.responseHeaders()),
                is(draft.identityHeaders(), false),
                is(draft.websocket(), false),
                is(draft.eventStream(), false),
                is(draft.compress(), true),
                openapi(draft.openapi(), paths, fields));
        return fields.failed() ? null : route;
    }

    private static boolean is(@Nullable Boolean given, boolean otherwise) {
        return given == null ? otherwise : given;
    }

    private static List<PathTemplate> paths(
            @Nullable List<String> given, HostPattern host, boolean external, RouteFields fields) {
        if (given == null || given.isEmpty()) {
            fields.refuse("paths", "is required");
        }
        List<PathTemplate> paths = fields.each("paths", given, text -> {
            PathTemplate path = PathTemplate.parse(text);
            // Frontdesk's own paths are on its own hosts, where external routes get nothing.
            if (!external && OwnPaths.cover(path)) {
                throw new IllegalArgumentException("must not be a path of Frontdesk itself");
            }
            if (host.isAny() && (path.first().isEmpty() || path.first().startsWith(PathTemplate.ONE))) {
                throw new IllegalArgumentException("must begin with a name: only a route with a host has all paths");
            }
            return path;
        });
        for (int i = 0; i < paths.size(); i++) {
            if (paths.indexOf(paths.get(i)) < i) {
                fields.refuse("paths[" + i + "]", "is there twice");
            }
        }
        return paths;
    }

    /** The other proxy does what these fields say. A field without an effect would look like a guard that is not there. */
    private static void checkExternal(RouteDraft draft, RouteFields fields) {
        var others = new LinkedHashMap<String, @Nullable Object>();
        others.put("upstreams", draft.upstreams());
        others.put("sticky", draft.sticky());
        others.put("preserve_host", draft.preserveHost());
        others.put("strip_prefix", draft.stripPrefix());
        others.put("add_prefix", draft.addPrefix());
        others.put("timeout_ms", draft.timeoutMs());
        others.put("retries", draft.retries());
        others.put("breaker", draft.breaker());
        others.put("body_limit_bytes", draft.bodyLimitBytes());
        others.put("request_headers", draft.requestHeaders());
        others.put("response_headers", draft.responseHeaders());
        others.put("event_stream", draft.eventStream());
        others.put("compress", draft.compress());
        // The browser reads it at this gateway.
        others.put("openapi", draft.openapi());
        others.forEach((field, value) -> {
            if (value != null) {
                fields.refuse(field, "has no effect on an external route");
            }
        });
    }

    /** What is not at the beginning of every path can't be taken away from it. */
    private static void checkStripped(String prefix, List<PathTemplate> paths, RouteFields fields) {
        if (!prefix.isEmpty()) {
            PathTemplate below = PathTemplate.parse(prefix + "/" + PathTemplate.MANY);
            if (!paths.stream().allMatch(below::covers)) {
                fields.refuse("strip_prefix", "must be the beginning of all paths");
            }
        }
    }

    private static Map<URI, Integer> servers(
            @Nullable List<RouteDraft.Server> given, Function<String, URI> address, RouteFields fields) {
        var servers = new LinkedHashMap<URI, Integer>();
        if (given == null || given.isEmpty() || given.size() > RouteFields.MOST) {
            fields.refuse("upstreams", "must have 1 to " + RouteFields.MOST + " servers");
            return servers;
        }
        for (int i = 0; i < given.size(); i++) {
            String at = "upstreams[" + i + "].";
            RouteDraft.@Nullable Server server = given.get(i);
            int weight = (int)
                    fields.number(at + "weight", server == null ? null : server.weight(), 0, Upstreams.HEAVIEST, 1);
            fields.required(
                    at + "url",
                    server == null ? null : server.url(),
                    text -> {
                        if (servers.putIfAbsent(address.apply(text), weight) != null) {
                            throw new IllegalArgumentException("is there twice");
                        }
                        return true;
                    },
                    false);
        }
        if (!servers.isEmpty() && servers.values().stream().allMatch(weight -> weight == 0)) {
            fields.refuse("upstreams", "must have a server with a weight above 0");
        }
        return servers;
    }

    /** A browser reads it through this route. */
    private static @Nullable String openapi(@Nullable String given, List<PathTemplate> paths, RouteFields fields) {
        if (given == null) {
            return null;
        }
        return fields.optional(
                "openapi",
                given,
                text -> {
                    if (PathTemplate.parse(text).segments().stream().anyMatch(it -> it.startsWith(PathTemplate.ONE))) {
                        throw new IllegalArgumentException("must be one path, without *");
                    }
                    if (OwnPaths.include(text) || paths.stream().noneMatch(it -> it.matches(text))) {
                        throw new IllegalArgumentException("must be one of the paths of the route");
                    }
                    return text;
                },
                "");
    }

    private static String id(String text) {
        if (PATHS_OF_THE_API.contains(text)) {
            throw new IllegalArgumentException("must not be one of " + PATHS_OF_THE_API);
        }
        return matching(SLUG, text, "must be 1 to 63 lower-case letters, digits and inner hyphens");
    }

    private static String audience(String text) {
        return matching(
                AUDIENCE, text, "must be 1 to 200 letters, digits and . _ : / -, beginning with a letter or digit");
    }

    private static TenantId tenant(String text) {
        if (!TenantId.isValid(text)) {
            throw new IllegalArgumentException("must be 1 to 63 lower-case letters, digits and inner hyphens");
        }
        return new TenantId(text);
    }

    private static String method(String text) {
        if (!METHODS.contains(text)) {
            throw new IllegalArgumentException("must be one of GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS");
        }
        return text;
    }

    private static String prefix(String text) {
        String prefix = matching(PREFIX, text, "must be a path such as /shop, without a slash at the end");
        PathTemplate.parse(prefix);
        return prefix;
    }

    private static String matching(Pattern pattern, String text, String otherwise) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(otherwise);
        }
        return text;
    }
}
