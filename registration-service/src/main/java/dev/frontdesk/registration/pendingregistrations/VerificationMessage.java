package dev.frontdesk.registration.pendingregistrations;

import java.time.Instant;

/** What a request for a code leads to. The asker never learns which of these it was. */
public sealed interface VerificationMessage {

    /**
     * A new code for a sign-up, in the place of its older one.
     *
     * @param hmac of the code
     * @param event that brings the code to the address
     * @param repeatedEvent the same event, for an address that was signed up more than once
     */
    record Code(PendingRegistration registration, String hmac, Instant expiresAt, String event, String repeatedEvent)
            implements VerificationMessage {

        @Override
        public String toString() {
            return "Code[" + registration + "]";
        }
    }

    /** The address has an account, whose owner is told. */
    record Notice(String event) implements VerificationMessage {

        @Override
        public String toString() {
            return "Notice";
        }
    }

    /** Nobody waits for a code there. */
    record None() implements VerificationMessage {}
}
