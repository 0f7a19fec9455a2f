package dev.frontdesk.registration.recovery;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param link page of the application that accepts a new password, for example {@code https://shop.example/reset}; the
 *     mail appends {@code #token=…}, a fragment, which browsers never send to a server. Without it, the mail has only
 *     the code
 */
@ConfigurationProperties("frontdesk.registration.reset")
record ResetProperties(@Nullable String link) {

    ResetProperties {
        link = link == null || link.isBlank() ? null : checked(link.strip());
    }

    private static String checked(String link) {
        try {
            var uri = new URI(link);
            if (("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null) {
                return uri.toASCIIString();
            }
        } catch (URISyntaxException notOne) {
            throw refused();
        }
        throw refused();
    }

    private static IllegalArgumentException refused() {
        return new IllegalArgumentException("frontdesk.registration.reset.link must be an https URL without a #");
    }

    Optional<String> linkWith(ResetToken token) {
        return Optional.ofNullable(link).map(page -> page + "#token=" + token.value());
    }
}
