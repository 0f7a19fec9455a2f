package dev.frontdesk.registration.verification;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.addresses.EmailAddress;
import dev.frontdesk.registration.profiles.Language;
import dev.frontdesk.registration.profiles.PersonName;
import dev.frontdesk.registration.profiles.PhoneNumber;
import dev.frontdesk.registration.profiles.Profile;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What was asked of an address while Redis was away: a row of {@code pending_registrations}.
 *
 * @param entryId of the row
 * @param requests codes that were asked for, oldest first
 * @param promised request of another code for a registration that may be in Redis
 * @param gone registrations that were proved, and may be in Redis
 */
record Meanwhile(
        TenantId tenant,
        EmailAddress email,
        UUID entryId,
        List<CountedCode> requests,
        Optional<UUID> promised,
        List<UUID> gone,
        Optional<Kept> kept) {

    /**
     * The registration that waits.
     *
     * @param requestedAt when the data came
     * @param savedAt when the code was made
     */
    record Kept(
            PendingRegistration registration,
            String codeHmac,
            Instant codeExpiresAt,
            int codeAttempts,
            int attempts,
            Instant requestedAt,
            Instant savedAt,
            Instant expiresAt) {

        @Override
        public String toString() {
            return "Kept[" + registration + "]";
        }
    }

    Optional<Kept> keptAt(Instant now) {
        return kept.filter(it -> it.expiresAt().isAfter(now));
    }

    static Meanwhile read(Readable row) {
        var tenant = new TenantId(required(row, "tenant", String.class));
        var email = new EmailAddress(required(row, "email", String.class));
        return new Meanwhile(
                tenant,
                email,
                required(row, "entry_id", UUID.class),
                Stream.of(required(row, "requests", String[].class))
                        .map(CountedCode::parse)
                        .toList(),
                Optional.ofNullable(row.get("resend_id", UUID.class)),
                List.of(required(row, "gone", UUID[].class)),
                Optional.ofNullable(row.get("registration_id", UUID.class)).map(id -> kept(row, id, tenant, email)));
    }

    private static Kept kept(Readable row, UUID id, TenantId tenant, EmailAddress email) {
        String phone = row.get("phone", String.class);
        var profile = new Profile(
                new PersonName(required(row, "first_name", String.class)),
                new PersonName(required(row, "last_name", String.class)),
                phone == null ? null : new PhoneNumber(phone),
                new Language(required(row, "locale", String.class)));
        return new Kept(
                new PendingRegistration(id, tenant, email, required(row, "password_hash", String.class), profile),
                required(row, "code_hmac", String.class),
                required(row, "code_expires_at", Instant.class),
                required(row, "code_attempts", Integer.class),
                required(row, "attempts", Integer.class),
                required(row, "requested_at", Instant.class),
                required(row, "saved_at", Instant.class),
                required(row, "expires_at", Instant.class));
    }
}
