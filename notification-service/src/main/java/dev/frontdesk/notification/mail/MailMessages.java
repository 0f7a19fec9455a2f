package dev.frontdesk.notification.mail;

import dev.frontdesk.notification.emailtemplates.WrittenMail;
import dev.frontdesk.notification.jobs.Job;
import io.vertx.core.MultiMap;
import io.vertx.ext.mail.MailMessage;

/** Puts envelope and headers around a mail. */
final class MailMessages {

    private MailMessages() {}

    /**
     * The Message-ID is the job's own, the same in every attempt, so that a mail that was sent twice because nobody
     * knew of the first time can be told by it.
     *
     * @throws IllegalArgumentException when a header would not be one line
     */
    static MailMessage message(Job job, MailAddress to, WrittenMail mail, MailProperties properties) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .set("Message-ID", "<" + job.id() + "@" + properties.domain() + ">")
                // RFC 3834: nobody's holiday note answers it.
                .set("Auto-Submitted", "auto-generated");
        String traceId = job.traceId();
        if (traceId != null) {
            headers.set("X-Trace-Id", oneLine(traceId));
        }
        // As headers, which the client writes as they are: what it makes of a subject and a name loses characters.
        headers.set("Subject", HeaderText.unstructured("Subject", oneLine(mail.subject())))
                .set("From", HeaderText.mailbox("From", properties.senderName(), properties.sender()));
        var message = new MailMessage()
                .setFrom(properties.sender().toString())
                .setTo(to.toString())
                .setText(mail.text())
                .setHeaders(headers);
        return mail.html() == null ? message : message.setHtml(mail.html());
    }

    /** The client writes headers as they are: a line break in one would start another. */
    private static String oneLine(String header) {
        if (header.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a header with a control character");
        }
        return header;
    }
}
