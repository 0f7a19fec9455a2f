package dev.frontdesk.gateway.urls;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;

/**
 * Answers a request whose URL was replaced when it was received. The sender of a token should learn that the token is
 * in some log by now.
 */
public final class RefusedUrls {

    private RefusedUrls() {}

    /** @throws ProblemException 400 */
    public static void check(String rawPath) {
        switch (rawPath) {
            case SecretUrlMasking.PATH ->
                throw refused("URLs are logged, so they must not carry a token: send it in Authorization, and revoke "
                        + "the session that it belongs to.");
            case UnreadableUrlMasking.UNREADABLE ->
                throw refused("The URL has a character that must be percent-encoded, or a percent sign without two "
                        + "hexadecimal digits.");
            default -> {}
        }
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
    }
}
