package dev.frontdesk.gateway.applications;

import java.util.List;

/** The paths of Frontdesk itself, on every host. No route to an application gets a request for them. */
final class OwnPaths {

    private static final List<PathTemplate> ALL = List.of(
                    "/api/v1/**",
                    "/users/register",
                    "/users/verify-email",
                    "/resend-verification",
                    "/health/**",
                    "/ws",
                    "/docs/**",
                    "/console/**",
                    "/preferences/**",
                    "/clients/frontdesk.js",
                    "/.well-known/**",
                    "/internal/**",
                    "/actuator/**")
            .stream()
            .map(PathTemplate::parse)
            .toList();

    private OwnPaths() {}

    /** @param path decoded */
    static boolean include(String path) {
        for (PathTemplate own : ALL) {
            if (own.matches(path)) {
                return true;
            }
        }
        return false;
    }

    /** Whether all of the paths are Frontdesk's. */
    static boolean cover(PathTemplate paths) {
        return ALL.stream().anyMatch(own -> own.covers(paths));
    }
}
