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
 * An address that is not proved yet, with all its sign-ups. Implements the rules of {@code request_code.lua} and
 * {@code verify_code.lua} for PostgreSQL.
 *
 * @param contested whether the address had more than one sign-up while it was pending; a code alone then activates no
 *     password
 * @param attempts wrong guesses, over all codes of the address
 * @param attemptsUntil when these guesses stop counting
 */
public record PendingAddress(List<PendingSignUp> signUps, boolean contested, int attempts, Instant attemptsUntil) {

    static final PendingAddress NONE = new PendingAddress(List.of(), false, 0, Instant.EPOCH);

    /** Prefixes of the slots in which Redis stores the sign-ups of an address, as in {@code sign_ups.lua}. */
    private static final List<String> SLOTS = List.of("", "2:", "3:", "4:", "5:", "6:");

    /** Reads an address from its Redis hash. */
    static PendingAddress read(TenantId tenant, Map<String, String> fields) {
        var signUps = SLOTS.stream()
                .filter(slot -> fields.containsKey(slot + "registration_id"))
                .map(slot -> PendingSignUp.read(tenant, inSlot(fields, slot)))
                .toList();
        return new PendingAddress(
                signUps,
                "1".equals(fields.get("contested")),
                Integer.parseInt(fields.getOrDefault("attempts", "0")),
                // Stored with the first wrong guess.
                Instant.ofEpochMilli(Long.parseLong(fields.getOrDefault("attempts_until", "0"))));
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

    /** Removes expired sign-ups and guesses. An address without sign-ups becomes {@code NONE}. */
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

    /** The newest sign-up of the requesting client; the newest of all if the client has none here. */
    Optional<PendingSignUp> toRenew(String client) {
        var newest = Comparator.comparing(PendingSignUp::requestedAt);
        return signUps.stream()
                .filter(signUp -> signUp.client().equals(client))
                .max(newest)
                .or(() -> signUps.stream().max(newest));
    }

    /**
     * Adds a sign-up. If the limit of concurrent sign-ups is reached, sign-ups with an expired code are removed: the
     * client's own before others', the oldest first.
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
     * The result of comparing one code.
     *
     * @param after the address with the guess counted
     * @param right the sign-up that the code belongs to
     * @param isWrong whether the code was compared and matched no sign-up; false when there was nothing to compare it
     *     with
     */
    record Guess(PendingAddress after, Optional<PendingSignUp> right, boolean isWrong) {

        /** For PostgreSQL, which can't know whether Redis holds another sign-up. */
        Optional<VerifiedCode> proved() {
            return right.map(signUp -> VerifiedCode.of(signUp, after, false));
        }
    }

    /**
     * Compares the code with all codes that still accept guesses. A wrong guess counts against each of them, a correct
     * one against none.
     */
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
