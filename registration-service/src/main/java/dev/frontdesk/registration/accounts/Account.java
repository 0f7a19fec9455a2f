package dev.frontdesk.registration.accounts;

import dev.frontdesk.contracts.events.AccountEvent.AccountVerified;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.registration.profiles.Profile;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * An account, whose address is proved.
 *
 * @param registrationId the sign-up that the account was created from
 * @param email unique in its tenant
 * @param passwordHash PHC string
 * @param updatedAt time of the last visible change; every such change has a later time than the one before
 * @param credentialsVersion increases with every change of password, address or roles, and when the account is disabled
 */
public record Account(
        UUID id,
        UUID registrationId,
        TenantId tenant,
        EmailAddress email,
        String passwordHash,
        Profile profile,
        Set<String> roles,
        Instant createdAt,
        Instant updatedAt,
        long credentialsVersion) {

    /** A new account. */
    public Account(
            UUID id,
            UUID registrationId,
            TenantId tenant,
            EmailAddress email,
            String passwordHash,
            Profile profile,
            Set<String> roles,
            Instant createdAt) {
        this(id, registrationId, tenant, email, passwordHash, profile, roles, createdAt, createdAt, 0);
    }

    AccountVerified verified() {
        return new AccountVerified(
                tenant.value(),
                id,
                email.value(),
                profile.firstName().value(),
                profile.lastName().value(),
                profile.language().tag(),
                createdAt);
    }

    @Override
    public String toString() {
        return "Account[" + id + " of " + tenant + "]";
    }
}
