package dev.frontdesk.registration.verification;

import dev.frontdesk.contracts.identity.TenantId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A sign-up that waits, with the code that was mailed for it and for no other.
 *
 * @param client who asked for it, as {@link CodeRequest} names clients
 * @param codeAttempts wrong guesses at its code
 * @param requestedAt when the data came
 * @param savedAt when the code was made
 */
record WaitingSignUp(
        PendingRegistration registration,
        String client,
        String codeHmac,
        Instant codeExpiresAt,
        int codeAttempts,
        Instant requestedAt,
        Instant savedAt,
        Instant expiresAt) {

    static WaitingSignUp of(CodeRequest request, Letter.Code code, VerificationProperties limits) {
        return new WaitingSignUp(
                code.registration(),
                request.client(),
                code.hmac(),
                code.expiresAt(),
                0,
                request.at(),
                request.at(),
                request.at().plus(limits.pendingTtl()));
    }

    WaitingSignUp renewed(CodeRequest request, Letter.Code code, VerificationProperties limits) {
        var renewed = of(request, code, limits);
        return new WaitingSignUp(
                registration,
                client,
                renewed.codeHmac,
                renewed.codeExpiresAt,
                0,
                requestedAt,
                renewed.savedAt,
                renewed.expiresAt);
    }

    WaitingSignUp guessedAt() {
        return new WaitingSignUp(
                registration, client, codeHmac, codeExpiresAt, codeAttempts + 1, requestedAt, savedAt, expiresAt);
    }

    /** Whether its code can still be the right one. */
    boolean takesGuesses(Instant now, VerificationProperties limits) {
        return codeExpiresAt.isAfter(now) && codeAttempts < limits.attemptsPerCode();
    }

    /** As both stores keep it; times in ms since 1970. */
    Map<String, String> fields() {
        var fields = new HashMap<String, String>();
        List<String> data = registration.fields();
        for (int i = 0; i < data.size(); i += 2) {
            fields.put(data.get(i), data.get(i + 1));
        }
        fields.put("client", client);
        fields.put("code", codeHmac);
        fields.put("code_expires_at", millis(codeExpiresAt));
        fields.put("code_attempts", Integer.toString(codeAttempts));
        fields.put("requested_at", millis(requestedAt));
        fields.put("saved_at", millis(savedAt));
        fields.put("expires_at", millis(expiresAt));
        return fields;
    }

    static WaitingSignUp read(TenantId tenant, Map<String, String> fields) {
        return new WaitingSignUp(
                PendingRegistration.read(tenant, fields),
                fields.getOrDefault("client", ""),
                PendingRegistration.required(fields, "code"),
                time(fields, "code_expires_at"),
                Integer.parseInt(fields.getOrDefault("code_attempts", "0")),
                time(fields, "requested_at"),
                time(fields, "saved_at"),
                time(fields, "expires_at"));
    }

    private static Instant time(Map<String, String> fields, String name) {
        return Instant.ofEpochMilli(Long.parseLong(PendingRegistration.required(fields, name)));
    }

    private static String millis(Instant time) {
        return Long.toString(time.toEpochMilli());
    }

    @Override
    public String toString() {
        return "WaitingSignUp[" + registration + "]";
    }
}
