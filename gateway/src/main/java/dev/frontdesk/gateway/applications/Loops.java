package dev.frontdesk.gateway.applications;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import io.netty.util.AsciiString;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Recognizes a request that a route has led back to the gateway, by {@code Via} (RFC 9110, section 7.6.3).
 *
 * @param pseudonym of this installation in Via; two installations in a row need different ones
 */
@ConfigurationProperties("frontdesk.gateway.via")
record Loops(@DefaultValue("frontdesk") String pseudonym) {

    Loops {
        if (!pseudonym.matches("[A-Za-z0-9._-]{1,63}")) {
            throw new IllegalArgumentException(
                    "frontdesk.gateway.via.pseudonym must be 1 to 63 letters, digits and . _ -");
        }
    }

    private static final String VERSION = "1.1 ";

    /** @throws ProblemException 508 */
    void check(List<String> via) {
        for (String line : via) {
            for (String hop : line.split(",", -1)) {
                String[] parts = hop.strip().split(" ", 3);
                if (parts.length > 1 && parts[1].equalsIgnoreCase(pseudonym)) {
                    throw new ProblemException(
                            ProblemType.LOOP_DETECTED, "A route leads back to the gateway. Tell its operator.");
                }
            }
        }
    }

    /** What the gateway adds to Via. */
    AsciiString hop() {
        return AsciiString.of(VERSION + pseudonym);
    }
}
