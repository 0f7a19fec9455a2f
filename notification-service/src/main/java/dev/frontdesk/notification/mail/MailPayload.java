package dev.frontdesk.notification.mail;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The data that a mail is rendered from; the payload of its job. A mail to an account has no address here: it goes to
 * the address that the account has when the mail is sent.
 *
 * @param to null for a mail to an account
 * @param locale BCP 47; null for the account's own
 * @param accountId null for a mail to an address
 * @param data the values that the template may use besides the name
 * @param secretOf the registration, reset or change that the secret of the job was sealed for; null for a mail without
 *     a secret
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MailPayload(
        @Nullable String to,
        @Nullable String firstName,
        @Nullable String locale,
        @Nullable UUID accountId,
        @Nullable Map<String, Object> data,
        @Nullable UUID secretOf) {

    static MailPayload toAddress(String to, String firstName, String locale) {
        return new MailPayload(to, firstName, locale, null, null, null);
    }

    static MailPayload toAccount(UUID accountId, @Nullable String locale, Map<String, Object> data) {
        return new MailPayload(null, null, locale, accountId, data, null);
    }

    /** A copy for a job whose secret was sealed for this id. */
    MailPayload sealedFor(UUID secretOf) {
        return new MailPayload(to, firstName, locale, accountId, data, secretOf);
    }
}
