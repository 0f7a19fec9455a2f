package dev.frontdesk.notification.mail;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a mail is made of when its turn comes; the payload of its job. A mail to an account is written to the address that
 * the account has then, and holds none.
 *
 * @param to null in a mail to an account
 * @param locale BCP 47; null for the account's own
 * @param accountId null in a mail to an address
 * @param data what the words may name beside the name
 * @param secretOf what the secret of the job was sealed for: a registration, a reset, a change; null in a mail without
 *     one. In JSON it has the name of the first of them, which waiting jobs have
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MailPayload(
        @Nullable String to,
        @Nullable String firstName,
        @Nullable String locale,
        @Nullable UUID accountId,
        @Nullable Map<String, Object> data,
        @JsonProperty("registration_id") @Nullable UUID secretOf) {

    static MailPayload toAddress(String to, String firstName, String locale) {
        return new MailPayload(to, firstName, locale, null, null, null);
    }

    static MailPayload toAccount(UUID accountId, @Nullable String locale, Map<String, Object> data) {
        return new MailPayload(null, null, locale, accountId, data, null);
    }

    /** With a secret that was sealed for this. */
    MailPayload sealedFor(UUID secretOf) {
        return new MailPayload(to, firstName, locale, accountId, data, secretOf);
    }
}
