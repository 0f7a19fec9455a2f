package dev.frontdesk.registration.accounts;

import dev.frontdesk.contracts.events.AccountEvent.AccountVerified;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.registration.addresses.EmailAddress;
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
 */
public record Account(
        UUID id,
        UUID registrationId,
        TenantId tenant,
        EmailAddress email,
        String passwordHash,
        Profile profile,
        Set<String> roles,
        Instant createdAt) {

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
