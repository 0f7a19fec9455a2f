package dev.frontdesk.notification.mail;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.values.EmailAddress;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail from an application, to an account or to an address; {@link Mails#send} accepts it.
 *
 * @param kind {@code new-badge}, {@code message} (with the data {@code title} and {@code body}), or the tenant's own
 *     kind, for which it has stored a template
 * @param account the account whose address, name and language are read when the mail is rendered; null for a mail to an
 *     address
 * @param firstName of the owner of the address
 * @param locale BCP 47; null for the account's own, or English
 * @param data the values that the template may use as {@code data.…}: strings, numbers, booleans, and lists and maps of
 *     them
 * @param key the idempotency key; null for none
 * @param priority 0 is first; null for the default of the kind
 * @param dueAt when to send the mail; null for now
 * @param repeatable whether to send it again when it is unknown whether the server accepted it; null for the default of
 *     the kind (false for a tenant's own kind)
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
