package dev.frontdesk.notification.mail;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a mail is made of when its turn comes; the payload of its delivery.
 *
 * @param locale BCP 47
 * @param registrationId whose code the delivery holds sealed; absent in a mail without a code
 */
record MailPayload(
        String to,
        String firstName,
        String locale,
        @Nullable UUID registrationId) {

    /** What the code was sealed for; the producer of the event says the same. */
    String purpose() {
        return "verification-code:" + registrationId;
    }
}
