package dev.frontdesk.gateway.routing;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The addresses of the services, each as {@code http://host:port}: FRONTDESK_SERVICES_REGISTRATION and so on. */
@ConfigurationProperties("frontdesk.services")
public record Services(URI registration, URI session, URI notification, URI cache) {

    public Services {
        check("REGISTRATION", registration);
        check("SESSION", session);
        check("NOTIFICATION", notification);
        check("CACHE", cache);
    }

    private static void check(String name, @Nullable URI uri) {
        if (uri == null || !"http".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("FRONTDESK_SERVICES_" + name + " must be http://host:port");
        }
    }
}
