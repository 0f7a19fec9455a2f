package dev.frontdesk.notification.mail;

import dev.frontdesk.notification.emailtemplates.WrittenMail;
import dev.frontdesk.notification.jobs.Job;
import io.vertx.core.MultiMap;
import io.vertx.ext.mail.MailMessage;

/** Adds envelope and headers to a mail. */
final class MailMessages {

    private static final int LONGEST_LINE = 900;

    private MailMessages() {}

    /**
     * The Message-ID is derived from the job's id and is the same in every attempt, so that a mail that was sent twice
     * after an unknown outcome can be recognised.
     *
     * @throws IllegalArgumentException when a header contains a control character
     */
    static MailMessage message(Job job, MailAddress to, WrittenMail mail, MailProperties properties) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .set("Message-ID", "<" + job.id() + "@" + properties.domain() + ">")
                // RFC 3834: prevents automatic replies, such as out-of-office notes.
                .set("Auto-Submitted", "auto-generated");
        String traceId = job.traceId();
        if (traceId != null) {
            headers.set("X-Trace-Id", oneLine(traceId));
        }
        // Set as headers, which the client writes unchanged: its own encoding of a subject and a name loses characters.
        headers.set("Subject", HeaderText.unstructured("Subject", oneLine(mail.subject())))
                .set("From", HeaderText.mailbox("From", properties.senderName(), properties.sender()));
        var message = new MailMessage()
                .setFrom(properties.sender().toString())
                .setTo(to.toString())
                .setText(inShortLines(mail.text(), "%s"))
                .setHeaders(headers);
        return mail.html() == null ? message : message.setHtml(inShortLines(mail.html(), "<!-- %s -->"));
    }

    /**
     * A line has at most 998 characters (RFC 5322, 2.1.1). The client leaves ASCII as it is, and encodes any other text
     * as quoted-printable, which has short lines. So an added no-break space, which is invisible, makes the client
     * encode the text.
     */
    private static String inShortLines(String text, String unseen) {
        boolean isLong = text.lines().anyMatch(line -> line.length() > LONGEST_LINE);
        return isLong && text.chars().allMatch(it -> it < 0x80) ? text + unseen.formatted("\u00a0") : text;
    }

    /** The client writes headers unchanged: a line break in one would start another header. */
    private static String oneLine(String header) {
        if (header.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a mail header must not contain control characters");
        }
        return header;
    }
}
