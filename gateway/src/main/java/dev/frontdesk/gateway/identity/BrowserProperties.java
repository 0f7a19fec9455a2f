package dev.frontdesk.gateway.identity;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which pages may use a browser's cookies.
 *
 * @param allowedOrigins origins that may, in addition to the gateway's own host, each as {@code https://host[:port]};
 *     none by default
 */
@ConfigurationProperties("frontdesk.gateway.browsers")
record BrowserProperties(@DefaultValue Set<String> allowedOrigins) {

    private static final Pattern ORIGIN =
            Pattern.compile("https?://[a-z0-9.-]+(:[0-9]{1,5})?|https?://\\[[0-9a-f:]+](:[0-9]{1,5})?");

    BrowserProperties {
        allowedOrigins = allowedOrigins.stream()
                .map(origin -> origin.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        for (String origin : allowedOrigins) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new IllegalArgumentException(
                        "frontdesk.gateway.browsers.allowed-origins: " + origin + " must be https://host[:port]");
            }
        }
    }
}
