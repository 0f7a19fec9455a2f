package dev.frontdesk.registration.pendingregistrations;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.registration.codes.VerificationProperties;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An address that waits for its proof, with all its sign-ups: the rules of {@code request_code.lua} and
 * {@code verify_code.lua}, for PostgreSQL.
 *
 * @param contested whether there was more than one sign-up while it was pending: a code alone makes no password count then
 * @param attempts wrong guesses at all its codes
 * @param attemptsUntil until when they count
 */
public record PendingAddress(List<PendingSignUp> signUps, boolean contested, int attempts, Instant attemptsUntil) {

    static final PendingAddress NONE = new PendingAddress(List.of(), false, 0, Instant.EPOCH);

    /** Prefixes of the slots in which Redis keeps the sign-ups of an address, as in {@code sign_ups.lua}. */
    private static final List<String> SLOTS = List.of("", "2:", "3:", "4:", "5:", "6:");

    /** Of an address whose first wrong guess an instance of the version before has counted, or that has none. */
    private static final String NEVER = Long.toString(Long.MAX_VALUE);

    /** As Redis keeps it. */
    static PendingAddress read(TenantId tenant, Map<String, String> fields) {
        var signUps = SLOTS.stream()
                .filter(slot -> fields.containsKey(slot + "registration_id"))
                .map(slot -> PendingSignUp.read(tenant, inSlot(fields, slot)))
                .toList();
        return new PendingAddress(
                signUps,
                "1".equals(fields.get("contested")),
                Integer.parseInt(fields.getOrDefault("attempts", "0")),
                Instant.ofEpochMilli(Long.parseLong(fields.getOrDefault("attempts_until", NEVER))));
    }

    private static Map<String, String> inSlot(Map<String, String> fields, String slot) {
        var own = new HashMap<String, String>();
        fields.forEach((name, value) -> {
            if (name.startsWith(slot)) {
                own.put(name.substring(slot.length()), value);
            }
        });
        return own;
    }

    /** Without what is over; nothing is left of an address with the last of its sign-ups. */
    PendingAddress at(Instant now) {
        var waiting = signUps.stream()
                .filter(signUp -> signUp.expiresAt().isAfter(now))
                .toList();
        return waiting.isEmpty()
                ? NONE
                : new PendingAddress(waiting, contested, attemptsUntil.isAfter(now) ? attempts : 0, attemptsUntil);
    }

    boolean isEmpty() {
        return signUps.isEmpty();
    }

    Optional<PendingSignUp> signUp(UUID registrationId) {
        return signUps.stream()
                .filter(signUp -> signUp.registration().id().equals(registrationId))
                .findFirst();
    }

    /** The newest sign-up of the client that asks, or of all when the client has none here. */
    Optional<PendingSignUp> toRenew(String client) {
        var newest = Comparator.comparing(PendingSignUp::requestedAt);
        return signUps.stream()
                .filter(signUp -> signUp.client().equals(client))
                .max(newest)
                .or(() -> signUps.stream().max(newest));
    }

    /**
     * With one more. While there are as many as there may be at once, those go whose code has expired: the client's own before
     * others', the oldest first.
     */
    PendingAddress with(PendingSignUp added, Instant now, VerificationProperties limits) {
        PendingAddress waiting = at(now);
        var kept = new ArrayList<>(waiting.signUps);
        kept.stream()
                .filter(signUp -> !signUp.code().expiresAt().isAfter(now))
                .sorted(Comparator.comparing(
                                (PendingSignUp signUp) -> !signUp.client().equals(added.client()))
                        .thenComparing(PendingSignUp::savedAt))
                .limit(Math.max(0, kept.size() + 1 - limits.signUpsAtOnce()))
                .toList()
                .forEach(kept::remove);
        kept.add(added);
        return new PendingAddress(
                kept, waiting.contested || !waiting.isEmpty(), waiting.attempts, waiting.attemptsUntil);
    }

    PendingAddress replacing(PendingSignUp renewed) {
        var changed = signUps.stream()
                .map(signUp ->
                        signUp.registration().id().equals(renewed.registration().id()) ? renewed : signUp)
                .toList();
        return new PendingAddress(changed, contested, attempts, attemptsUntil);
    }

    /**
     * What follows from one code.
     *
     * @param after with the guess counted
     * @param right the sign-up whose code it is
     * @param isWrong whether it was compared and is no code of these; false where there was nothing to compare it with
     */
    record Guess(PendingAddress after, Optional<PendingSignUp> right, boolean isWrong) {

        /** For PostgreSQL, which can't know whether there was another sign-up in Redis. */
        Optional<VerifiedCode> proved() {
            return right.map(signUp -> VerifiedCode.of(signUp, after, false));
        }
    }

    /** Compares the code with all that may still be guessed at; a wrong one counts at each of them, the right one at none. */
    Guess guess(String codeHmac, Instant now, VerificationProperties limits) {
        PendingAddress waiting = at(now);
        var compared = waiting.signUps.stream()
                .filter(_ -> waiting.attempts < limits.attemptsPerAddress())
                .filter(signUp -> signUp.takesGuesses(now, limits))
                .toList();
        var right = compared.stream()
                .filter(signUp -> signUp.isCode(codeHmac, now, limits))
                .findFirst();
        if (right.isPresent() || compared.isEmpty()) {
            return new Guess(waiting, right, false);
        }
        var counted = new PendingAddress(
                waiting.signUps.stream()
                        .map(signUp -> signUp.guessedAt(now, limits))
                        .toList(),
                waiting.contested,
                waiting.attempts + 1,
                waiting.attempts == 0 ? now.plus(VerificationProperties.DAY) : waiting.attemptsUntil);
        return new Guess(counted, right, true);
    }
}
