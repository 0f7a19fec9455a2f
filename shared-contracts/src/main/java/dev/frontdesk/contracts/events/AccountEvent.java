package dev.frontdesk.contracts.events;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** Events about accounts and pending registrations; published by registration-service. */
public sealed interface AccountEvent extends Event {

    /**
     * A client asked to register an address, and a code has to be sent to it.
     *
     * @param registrationId the pending registration; there is no account yet
     * @param locale BCP 47 language tag that the user chose
     * @param sealedCode the code, readable only with the events key (compact JWE)
     * @param expiresAt when the code stops working
     * @param repeated whether the address was signed up more than once before it was proved, which the mail should
     *     report to its owner
     */
    record VerificationRequested(
            String tenant,
            UUID registrationId,
            String email,
            String firstName,
            String locale,
            String sealedCode,
            Instant expiresAt,
            boolean repeated)
            implements AccountEvent {
        @Override
        public String aggregateId() {
            return registrationId.toString();
        }
    }

    /**
     * A client asked to register an address that already has an account: the owner is informed by mail, the client
     * learns nothing.
     */
    record AddressAlreadyRegistered(String tenant, UUID accountId, String email, String firstName, String locale)
            implements AccountEvent {
        @Override
        public String aggregateId() {
            return accountId.toString();
        }
    }

    /** The address was proved and the account was created. */
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
     * The owner of an account asked for a password reset, and a code has to be sent to the account's address.
     *
     * @param locale BCP 47 language tag of the account
     * @param sealedCode the code, followed by a space and the link if the application has a page for it; readable only
     *     with the events key (compact JWE, purpose {@code password-reset:<resetId>})
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
     * The owner changed the password: every other session of the account ends, and the owner is informed by mail.
     *
     * @param keptSessionId the session in which the change was made
     * @param credentialsVersion the account's new version: sessions opened with a lower one have ended
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
     * A forgotten password was replaced: every session of the account ends, and the owner is informed by mail.
     *
     * @param credentialsVersion the account's new version: sessions opened with a lower one have ended
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
     * The owner of an account wants to change the address, and a code has to be sent to the new one.
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

    /** The new address was proved and now belongs to the account; the owner is informed at the old address. */
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
     * The owner's profile has changed; services that store a copy read it again.
     *
     * @param firstName the account's first name now
     * @param locale the account's BCP 47 language tag now
     */
    record ProfileChanged(String tenant, UUID accountId, String firstName, String locale, Instant changedAt)
            implements AccountEvent {
        @Override
        public String aggregateId() {
            return accountId.toString();
        }
    }

    /**
     * An operator changed the account's roles: its sessions end, because each has the roles of its login.
     *
     * @param roles all roles that the account has now
     * @param credentialsVersion the account's new version: sessions opened with a lower one have ended
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
     * An operator disabled the account: its sessions end, and logins are refused.
     *
     * @param credentialsVersion the account's new version: sessions opened with a lower one have ended
     */
    record AccountDisabled(String tenant, UUID accountId, long credentialsVersion, Instant disabledAt)
            implements AccountEvent {
        @Override
        public String aggregateId() {
            return accountId.toString();
        }
    }

    /** An operator enabled the account again. */
    record AccountEnabled(String tenant, UUID accountId, Instant enabledAt) implements AccountEvent {
        @Override
        public String aggregateId() {
            return accountId.toString();
        }
    }

    /**
     * The owner deleted the account: its sessions end, and services delete what they store about it. Address, name and
     * language are only for the last mail.
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
