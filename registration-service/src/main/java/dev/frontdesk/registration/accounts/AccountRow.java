package dev.frontdesk.registration.accounts;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.registration.profiles.Language;
import dev.frontdesk.registration.profiles.PersonName;
import dev.frontdesk.registration.profiles.PhoneNumber;
import dev.frontdesk.registration.profiles.Profile;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/** Maps an account to and from a row of {@code accounts}. */
public final class AccountRow {

    private AccountRow() {}

    static GenericExecuteSpec bind(GenericExecuteSpec statement, Account account) {
        Profile profile = account.profile();
        PhoneNumber phone = profile.phone();
        return statement
                .bind("id", account.id())
                .bind("registration_id", account.registrationId())
                .bind("tenant", account.tenant().value())
                .bind("email", account.email().value())
                .bind("password_hash", account.passwordHash())
                .bind("first_name", profile.firstName().value())
                .bind("last_name", profile.lastName().value())
                .bind("phone", Parameters.in(R2dbcType.VARCHAR, phone == null ? null : phone.value()))
                .bind("locale", profile.language().tag())
                .bind("roles", account.roles().toArray(String[]::new))
                .bind("created_at", account.createdAt())
                .bind("updated_at", account.updatedAt())
                .bind("email_key", SearchKey.ofAddress(account.email().value()).value())
                .bind(
                        "first_name_key",
                        SearchKey.of(profile.firstName().value()).value())
                .bind("last_name_key", SearchKey.of(profile.lastName().value()).value());
    }

    public static Account read(Readable row) {
        String phone = row.get("phone", String.class);
        return new Account(
                required(row, "id", UUID.class),
                required(row, "registration_id", UUID.class),
                new TenantId(required(row, "tenant", String.class)),
                new EmailAddress(required(row, "email", String.class)),
                required(row, "password_hash", String.class),
                new Profile(
                        PersonName.stored(required(row, "first_name", String.class)),
                        PersonName.stored(required(row, "last_name", String.class)),
                        phone == null ? null : new PhoneNumber(phone),
                        new Language(required(row, "locale", String.class))),
                Set.of(required(row, "roles", String[].class)),
                required(row, "created_at", Instant.class),
                required(row, "updated_at", Instant.class),
                required(row, "credentials_version", Long.class));
    }
}
