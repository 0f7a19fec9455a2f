package dev.frontdesk.registration.pendingregistrations;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.registration.accounts.Account;
import dev.frontdesk.registration.profiles.Language;
import dev.frontdesk.registration.profiles.PersonName;
import dev.frontdesk.registration.profiles.PhoneNumber;
import dev.frontdesk.registration.profiles.Profile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A sign-up whose address is not proved yet.
 *
 * @param passwordHash PHC string
 */
public record PendingRegistration(UUID id, TenantId tenant, EmailAddress email, String passwordHash, Profile profile) {

    /** The account that the sign-up becomes, with the password of the sign-up. */
    public Account proved(Instant now) {
        return proved(passwordHash, now);
    }

    /** The account that the sign-up becomes, with another password hash. */
    public Account proved(String passwordHash, Instant now) {
        return new Account(UUID.randomUUID(), id, tenant, email, passwordHash, profile, Set.of(), now);
    }

    /** The stored fields as field, value, field, value, ... */
    List<String> fields() {
        var fields = new ArrayList<>(List.of(
                "registration_id", id.toString(),
                "email", email.value(),
                "password_hash", passwordHash,
                "first_name", profile.firstName().value(),
                "last_name", profile.lastName().value(),
                "locale", profile.language().tag()));
        PhoneNumber phone = profile.phone();
        if (phone != null) {
            fields.addAll(List.of("phone", phone.value()));
        }
        return fields;
    }

    static PendingRegistration read(TenantId tenant, Map<String, String> fields) {
        String phone = fields.get("phone");
        return new PendingRegistration(
                UUID.fromString(required(fields, "registration_id")),
                tenant,
                new EmailAddress(required(fields, "email")),
                required(fields, "password_hash"),
                new Profile(
                        PersonName.stored(required(fields, "first_name")),
                        PersonName.stored(required(fields, "last_name")),
                        phone == null ? null : new PhoneNumber(phone),
                        new Language(required(fields, "locale"))));
    }

    static String required(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalStateException("A pending registration has no " + name);
        }
        return value;
    }

    @Override
    public String toString() {
        return "PendingRegistration[" + id + " of " + tenant + "]";
    }
}
