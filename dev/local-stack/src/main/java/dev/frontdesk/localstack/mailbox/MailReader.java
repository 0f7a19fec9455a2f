package dev.frontdesk.localstack.mailbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.BodyPart;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** Parses a mail: its headers, its first plain text and its first HTML, all decoded. */
final class MailReader {

    private static final Session SESSION = Session.getInstance(new Properties());

    private String text = "";
    private String html = "";

    private MailReader() {}

    static Mail read(String id, String to, byte[] source) throws IOException {
        try {
            MimeMessage message = new MimeMessage(SESSION, new ByteArrayInputStream(source));
            MailReader reader = new MailReader();
            reader.collect(message);
            Map<String, String> headers = headers(message);
            return new Mail(id, to, headers.getOrDefault("Subject", ""), reader.text, reader.html, headers);
        } catch (MessagingException e) {
            // A mail that can't be parsed has still arrived: show its source.
            return new Mail(id, to, "(unreadable)", new String(source, UTF_8), "", Map.of());
        }
    }

    private void collect(Part part) throws MessagingException, IOException {
        if (Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())) {
            return;
        }
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart each = parts.getBodyPart(i);
                collect(each);
            }
        } else if (part.isMimeType("text/html") && html.isEmpty()) {
            html = textOf(part);
        } else if (part.isMimeType("text/plain") && text.isEmpty()) {
            text = textOf(part);
        }
    }

    private static String textOf(Part part) throws MessagingException, IOException {
        try {
            return part.getContent() instanceof String decoded ? decoded : "";
        } catch (UnsupportedEncodingException e) {
            return new String(part.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static Map<String, String> headers(MimeMessage message) throws MessagingException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : Collections.list(message.getAllHeaders())) {
            headers.merge(header.getName(), decoded(header.getValue()), (first, next) -> first + ", " + next);
        }
        return Collections.unmodifiableMap(headers);
    }

    private static String decoded(String value) {
        try {
            return MimeUtility.decodeText(MimeUtility.unfold(value));
        } catch (UnsupportedEncodingException e) {
            return value;
        }
    }
}
