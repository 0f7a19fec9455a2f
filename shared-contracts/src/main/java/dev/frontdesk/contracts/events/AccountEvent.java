package dev.frontdesk.contracts.events;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens to accounts and to registrations that may become one; published by registration-service. */
public sealed interface AccountEvent extends Event {

    /**
     * Somebody asked to register an address, and a code has to reach it.
     *
     * @param registrationId the pending registration; there is no account yet
     * @param locale BCP 47 language tag that the person chose
     * @param sealedCode the code, readable only with the events key (compact JWE)
     * @param expiresAt when the code stops working
     * @param repeated whether the address was signed up more than once while it waits for its proof, which its owner should
     *     read in the mail; null means false
     */
    record VerificationRequested(
            String tenant,
            UUID registrationId,
            String email,
            String firstName,
            String locale,
            String sealedCode,
            Instant expiresAt,
            @Nullable Boolean repeated)
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

    /**
     * The owner of an account asked for a way back in, and a code has to reach the account's address.
     *
     * @param locale BCP 47 language tag of the account
     * @param sealedCode the code, and behind a space the link where the application has a page for it; readable only with
     *     the events key (compact JWE, purpose {@code password-reset:<resetId>})
     * @param expiresAt when the code stops working
     */
    record PasswordResetRequested(
            String tenant,
            UUID accountId,
            UUID resetId,
            String email,
            String firstName,
            String locale,
            String sealedCode,
            Instant expiresAt)
            implements AccountEvent {
        @Override
        public String aggregateId() {
            return accountId.toString();
        }
    }

    /**
     * The owner chose another password: every other session of the account ends, and the owner is told by mail.
     *
     * @param keptSessionId the session that the change was made in
     * @param credentialsVersion the account's from now on: sessions that were opened with a lower one are over
     */
    record PasswordChanged(
            String tenant,
            UUID accountId,
            String email,
            String firstName,
            String locale,
            UUID keptSessionId,
            long credentialsVersion,
            Instant changedAt)
            implements AccountEvent {
        @Override
        public String aggregateId() {
            return accountId.toString();
        }
    }

    /**
     * A forgotten password was replaced: every session of the account ends, and the owner is told by mail.
     *
     * @param credentialsVersion the account's from now on: sessions that were opened with a lower one are over
     */
    record PasswordReset(
            String tenant,
            UUID accountId,
            String email,
            String firstName,
            String locale,
            long credentialsVersion,
            Instant resetAt)
            implements AccountEvent {
        @Override
        public String aggregateId() {
            return accountId.toString();
        }
    }

    /**
     * The owner of an account wants another address, and a code has to reach that one.
     *
     * @param email the new address, not proved yet
     * @param sealedCode the code, readable only with the events key (compact JWE, purpose
     *     {@code address-change:<changeId>})
     */
    record AddressChangeRequested(
            String tenant,
            UUID accountId,
            UUID changeId,
            String email,
            String firstName,
            String locale,
            String sealedCode,
            Instant expiresAt)
            implements AccountEvent {
        @Override
        public String aggregateId() {
            return accountId.toString();
        }
    }

    /** The new address was proved and is the account's now; the owner is told at the old one. */
    record AddressChanged(
            String tenant,
            UUID accountId,
            String oldEmail,
            String email,
            String firstName,
            String locale,
            Instant changedAt)
            implements AccountEvent {
        @Override
        public String aggregateId() {
            return accountId.toString();
        }
    }

    /**
     * What the account says of its owner is different now; whoever keeps a copy reads it again.
     *
     * @param firstName as it is from now on; null in events of the version before
     * @param locale BCP 47 language tag of the account from now on; null in events of the version before
     */
    record ProfileChanged(
            String tenant,
            UUID accountId,
            @Nullable String firstName,
            @Nullable String locale,
            Instant changedAt) implements AccountEvent {
        @Override
        public String aggregateId() {
            return accountId.toString();
        }
    }

    /**
     * An operator gave the account other roles: its sessions end, because each has the roles of its login.
     *
     * @param roles all that it has from now on
     * @param credentialsVersion the account's from now on: sessions that were opened with a lower one are over
     */
    record AccountRolesChanged(
            String tenant, UUID accountId, Set<String> roles, long credentialsVersion, Instant changedAt)
            implements AccountEvent {
        @Override
        public String aggregateId() {
            return accountId.toString();
        }
    }

    /**
     * An operator closed the account for now: its sessions end, and nobody logs in.
     *
     * @param credentialsVersion the account's from now on: sessions that were opened with a lower one are over
     */
    record AccountDisabled(String tenant, UUID accountId, long credentialsVersion, Instant disabledAt)
            implements AccountEvent {
        @Override
        public String aggregateId() {
            return accountId.toString();
        }
    }

    /** An operator opened the account again. */
    record AccountEnabled(String tenant, UUID accountId, Instant enabledAt) implements AccountEvent {
        @Override
        public String aggregateId() {
            return accountId.toString();
        }
    }

    /**
     * The owner deleted the account: its sessions end, and whoever keeps something of it deletes that. Address, name and
     * language are for the last mail alone.
     */
    record AccountDeleted(
            String tenant, UUID accountId, String email, String firstName, String locale, Instant deletedAt)
            implements AccountEvent {
        @Override
        public String aggregateId() {
            return accountId.toString();
        }
    }
}
