package dev.frontdesk.registration.pendingregistrations;

import java.time.Instant;

/** The result of a request for a code. The client never learns which one it was. */
public sealed interface VerificationMessage {

    /**
     * A new code for a sign-up; replaces the older one.
     *
     * @param hmac HMAC of the code
     * @param event the event that delivers the code to the address
     * @param repeatedEvent the same event, for an address with more than one sign-up
     */
    record Code(PendingRegistration registration, String hmac, Instant expiresAt, String event, String repeatedEvent)
            implements VerificationMessage {

        @Override
        public String toString() {
            return "Code[" + registration + "]";
        }
    }

    /** The address has an account; its owner is notified. */
    record Notice(String event) implements VerificationMessage {

        @Override
        public String toString() {
            return "Notice";
        }
    }

    /** The address has no sign-up that needs a code. */
    record None() implements VerificationMessage {}
}
