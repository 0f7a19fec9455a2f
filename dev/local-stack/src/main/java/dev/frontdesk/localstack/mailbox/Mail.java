package dev.frontdesk.localstack.mailbox;

import java.io.IOException;
import java.util.Map;

/**
 * One mail as its recipient sees it. A field that the mail does not have is empty.
 *
 * @param id sorts by arrival
 * @param to the address that it was delivered to, a blind copy too
 * @param subject decoded
 * @param text the plain text alternative
 * @param html the HTML alternative, exactly as sent: never show it outside a sandbox
 * @param headers decoded, in their order; the values of a repeated header joined with ", "
 */
public record Mail(String id, String to, String subject, String text, String html, Map<String, String> headers) {

    /** Parses the source of a mail (RFC 5322). */
    public static Mail of(String id, String to, byte[] source) throws IOException {
        return MailReader.read(id, to, source);
    }
}
