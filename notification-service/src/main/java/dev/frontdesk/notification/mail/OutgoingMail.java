package dev.frontdesk.notification.mail;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.values.EmailAddress;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail that an application wants sent, to an account or to an address; {@link Mails#send} takes it.
 *
 * @param kind {@code new-badge}, {@code message} (with the data {@code title} and {@code body}), or a kind of the tenant's
 *     own that it has stored a template for
 * @param account whose address, name and language are looked up when the mail is written; null with an address
 * @param firstName of whoever has the address
 * @param locale BCP 47; null for the account's own, or English
 * @param data what the template may name as {@code data.…}: strings, numbers, booleans, and lists and maps of them
 * @param key the same mail twice is one, by this; null for a mail without such
 * @param priority null for the usual one of its kind; 0 is first
 * @param dueAt null for now
 * @param repeatable whether it is sent again when nobody knows if it was taken; null for what is usual for its kind (an
 *     own one is not)
 */
public record OutgoingMail(
        TenantId tenant,
        String kind,
        @Nullable UUID account,
        @Nullable EmailAddress address,
        @Nullable String firstName,
        @Nullable String locale,
        Map<String, ?> data,
        @Nullable String key,
        @Nullable Integer priority,
        @Nullable Instant dueAt,
        @Nullable Boolean repeatable) {

    public static OutgoingMail toAccount(TenantId tenant, String kind, UUID account, Map<String, ?> data) {
        return new OutgoingMail(tenant, kind, account, null, null, null, data, null, null, null, null);
    }

    public static OutgoingMail toAddress(
            TenantId tenant, String kind, EmailAddress address, @Nullable String firstName, Map<String, ?> data) {
        return new OutgoingMail(tenant, kind, null, address, firstName, null, data, null, null, null, null);
    }

    public OutgoingMail inLanguageOf(@Nullable String locale) {
        return new OutgoingMail(
                tenant, kind, account, address, firstName, locale, data, key, priority, dueAt, repeatable);
    }

    public OutgoingMail withKey(@Nullable String key) {
        return new OutgoingMail(
                tenant, kind, account, address, firstName, locale, data, key, priority, dueAt, repeatable);
    }

    public OutgoingMail withPriority(@Nullable Integer priority) {
        return new OutgoingMail(
                tenant, kind, account, address, firstName, locale, data, key, priority, dueAt, repeatable);
    }

    public OutgoingMail dueAt(@Nullable Instant dueAt) {
        return new OutgoingMail(
                tenant, kind, account, address, firstName, locale, data, key, priority, dueAt, repeatable);
    }

    public OutgoingMail repeatable(@Nullable Boolean repeatable) {
        return new OutgoingMail(
                tenant, kind, account, address, firstName, locale, data, key, priority, dueAt, repeatable);
    }
}
