package dev.frontdesk.registration.accounts;

import dev.frontdesk.contracts.events.AccountEvent.AccountVerified;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.registration.profiles.Profile;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Somebody whose address is proved.
 *
 * @param registrationId the sign-up that it came from
 * @param email unique in its tenant
 * @param passwordHash PHC string
 * @param updatedAt of the last change that can be seen; each change has a later one
 * @param credentialsVersion another one after each change of password or address
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

    /** A new one. */
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
