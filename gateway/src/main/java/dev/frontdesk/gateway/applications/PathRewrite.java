package dev.frontdesk.gateway.applications;

import dev.frontdesk.gateway.routing.OutgoingHead;
import java.net.URI;

/**
 * What an application is asked for: the path of the request without the prefix that the route strips, after the one it adds.
 */
record PathRewrite(String strip, String add) {

    static PathRewrite of(ApplicationRoute route) {
        return new PathRewrite(route.stripPrefix(), route.addPrefix());
    }

    /** @return path and query */
    String target(URI requested) {
        if (strip.isEmpty() && add.isEmpty()) {
            return OutgoingHead.targetOf(requested);
        }
        String path = requested.getRawPath();
        String rest = strip.isEmpty() ? path : path.substring(endOfPrefix(path));
        String rewritten = rest.isEmpty() && add.isEmpty() ? "/" : add + rest;
        String query = requested.getRawQuery();
        return query == null ? rewritten : rewritten + "?" + query;
    }

    /**
     * Where as many segments end as the prefix has. They are the same, since the route matches, but the client may have encoded
     * some of their letters.
     */
    private int endOfPrefix(String path) {
        int end = 0;
        for (int i = 0; i < strip.length(); i++) {
            if (strip.charAt(i) == '/') {
                end = path.indexOf('/', end + 1);
                if (end < 0) {
                    return path.length();
                }
            }
        }
        return end;
    }
}
