package dev.frontdesk.contracts.credentials;

/**
 * Body of {@code POST /internal/credentials/check} at registration-service. The response is 200 with
 * {@link VerifiedCredentials}, or 401 (wrong credentials) whatever the reason.
 *
 * @param email as the user typed it
 * @param password as the user typed it; never stored, never logged
 */
public record CredentialCheck(String email, String password) {

    public static final String PATH = "/internal/credentials/check";

    @Override
    public String toString() {
        return "CredentialCheck[***]";
    }
}
