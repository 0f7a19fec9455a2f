package dev.frontdesk.registration.pendingregistrations;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.registration.codes.VerificationProperties;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A pending sign-up, with the code that was mailed for it and for no other.
 *
 * @param client the client that signed up, see {@link CodeRequest}
 * @param code the newest code
 * @param formerCode the last code that its own client requested, if another client requested the newest; null otherwise
 * @param requestedAt when the data was submitted
 * @param savedAt when the newest code was made
 */
public record PendingSignUp(
        PendingRegistration registration,
        String client,
        Code code,
        @Nullable Code formerCode,
        Instant requestedAt,
        Instant savedAt,
        Instant expiresAt) {

    /** @param attempts wrong guesses at this code */
    public record Code(String hmac, Instant expiresAt, int attempts) {

        boolean takesGuesses(Instant now, VerificationProperties limits) {
            return expiresAt.isAfter(now) && attempts < limits.attemptsPerCode();
        }

        Code guessedAt(Instant now, VerificationProperties limits) {
            return takesGuesses(now, limits) ? new Code(hmac, expiresAt, attempts + 1) : this;
        }

        private static @Nullable Code read(Map<String, String> fields, String name) {
            String hmac = fields.get(name);
            return hmac == null
                    ? null
                    : new Code(
                            hmac,
                            time(fields, name + "_expires_at"),
                            Integer.parseInt(PendingRegistration.required(fields, name + "_attempts")));
        }

        private void write(Map<String, String> fields, String name) {
            fields.put(name, hmac);
            fields.put(name + "_expires_at", millis(expiresAt));
            fields.put(name + "_attempts", Integer.toString(attempts));
        }

        @Override
        public String toString() {
            return "Code[until " + expiresAt + "]";
        }
    }

    static PendingSignUp of(CodeRequest request, VerificationMessage.Code letter, VerificationProperties limits) {
        return new PendingSignUp(
                letter.registration(),
                request.client(),
                new Code(letter.hmac(), letter.expiresAt(), 0),
                null,
                request.at(),
                request.at(),
                request.at().plus(limits.pendingTtl()));
    }

    /**
     * A request of the sign-up's own client invalidates the older code. A request of another client leaves it valid
     * until it expires.
     */
    PendingSignUp renewed(CodeRequest request, VerificationMessage.Code letter, VerificationProperties limits) {
        var renewed = of(request, letter, limits);
        Code own = formerCode != null && formerCode.expiresAt().isAfter(request.at()) ? formerCode : code;
        return new PendingSignUp(
                registration,
                client,
                renewed.code,
                request.client().equals(client) ? null : own,
                requestedAt,
                renewed.savedAt,
                renewed.expiresAt);
    }

    private Stream<Code> codes() {
        return Stream.concat(Stream.of(code), Stream.ofNullable(formerCode));
    }

    /** Whether one of its codes still accepts guesses. */
    boolean takesGuesses(Instant now, VerificationProperties limits) {
        return codes().anyMatch(each -> each.takesGuesses(now, limits));
    }

    boolean isCode(String hmac, Instant now, VerificationProperties limits) {
        return codes().anyMatch(
                        each -> each.takesGuesses(now, limits) && each.hmac().equals(hmac));
    }

    PendingSignUp guessedAt(Instant now, VerificationProperties limits) {
        return new PendingSignUp(
                registration,
                client,
                code.guessedAt(now, limits),
                formerCode == null ? null : formerCode.guessedAt(now, limits),
                requestedAt,
                savedAt,
                expiresAt);
    }

    /** The fields as both stores hold them; times in ms since 1970. */
    Map<String, String> fields() {
        var fields = new HashMap<String, String>();
        List<String> data = registration.fields();
        for (int i = 0; i < data.size(); i += 2) {
            fields.put(data.get(i), data.get(i + 1));
        }
        fields.put("client", client);
        code.write(fields, "code");
        if (formerCode != null) {
            formerCode.write(fields, "former_code");
        }
        fields.put("requested_at", millis(requestedAt));
        fields.put("saved_at", millis(savedAt));
        fields.put("expires_at", millis(expiresAt));
        return fields;
    }

    static PendingSignUp read(TenantId tenant, Map<String, String> fields) {
        Code code = Code.read(fields, "code");
        if (code == null) {
            throw new IllegalStateException("A pending registration has no code");
        }
        return new PendingSignUp(
                PendingRegistration.read(tenant, fields),
                PendingRegistration.required(fields, "client"),
                code,
                Code.read(fields, "former_code"),
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
        return "PendingSignUp[" + registration + "]";
    }
}
