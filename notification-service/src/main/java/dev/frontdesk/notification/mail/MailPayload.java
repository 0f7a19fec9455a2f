package dev.frontdesk.notification.mail;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a mail is made of when its turn comes; the payload of its job.
 *
 * @param locale BCP 47
 * @param secretOf what the secret of the job was sealed for: a registration, a reset, a change; absent in a mail
 *     without one. In JSON it has the name of the first of them, which waiting jobs have
 */
record MailPayload(
        String to,
        String firstName,
        String locale,
        @JsonProperty("registration_id") @Nullable UUID secretOf) {}
