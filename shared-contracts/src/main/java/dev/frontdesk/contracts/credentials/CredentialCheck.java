package dev.frontdesk.contracts.credentials;

/**
 * Body of {@code POST /internal/credentials/check} at registration-service. Answered with 200 and
 * {@link VerifiedCredentials}, or with 401 (wrong credentials) whatever the reason.
 *
 * @param email as the person typed it
 * @param password as the person typed it; never stored, never logged
 */
public record CredentialCheck(String email, String password) {

    public static final String PATH = "/internal/credentials/check";

    @Override
    public String toString() {
        return "CredentialCheck[***]";
    }
}
