package dev.frontdesk.contracts.events;

import java.time.Instant;
import java.util.UUID;

/** What happens to accounts and to registrations that may become one; published by registration-service. */
public sealed interface AccountEvent extends Event {

    /**
     * Somebody asked to register an address, and a code has to reach it.
     *
     * @param registrationId the pending registration; there is no account yet
     * @param locale BCP 47 language tag that the person chose
     * @param sealedCode the code, readable only with the events key (compact JWE)
     * @param expiresAt when the code stops working
     */
    record VerificationRequested(
            String tenant,
            UUID registrationId,
            String email,
            String firstName,
            String locale,
            String sealedCode,
            Instant expiresAt)
            implements AccountEvent {
        @Override
        public String aggregateId() {
            return registrationId.toString();
        }
    }

    /**
     * Somebody asked to register an address that already has an account: its owner is told by mail, the asker learns
     * nothing.
     */
    record AddressAlreadyRegistered(String tenant, UUID accountId, String email, String firstName, String locale)
            implements AccountEvent {
        @Override
        public String aggregateId() {
            return accountId.toString();
        }
    }

    /** The address was proved and the account exists. */
    record AccountVerified(
            String tenant,
            UUID accountId,
            String email,
            String firstName,
            String lastName,
            String locale,
            Instant verifiedAt)
            implements AccountEvent {
        @Override
        public String aggregateId() {
            return accountId.toString();
        }
    }
}
