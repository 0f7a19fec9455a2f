package dev.frontdesk.registration.pendingregistrations;

import java.util.List;
import java.util.stream.Stream;

/**
 * A correct code and the sign-ups that it can turn into an account.
 *
 * @param registration the sign-up that the code was mailed for
 * @param others the other sign-ups of the address
 * @param alone whether it is certain that the address had no other sign-up while it was pending; only then the code
 *     alone is enough to activate the password of this one
 */
public record VerifiedCode(PendingRegistration registration, List<PendingRegistration> others, boolean alone) {

    static VerifiedCode of(PendingSignUp proved, PendingAddress address, boolean alone) {
        return new VerifiedCode(
                proved.registration(),
                address.signUps().stream()
                        .map(PendingSignUp::registration)
                        .filter(other ->
                                !other.id().equals(proved.registration().id()))
                        .toList(),
                alone);
    }

    /** All sign-ups of the address, the one of the code first. */
    public Stream<PendingRegistration> all() {
        return Stream.concat(Stream.of(registration), others.stream());
    }
}
