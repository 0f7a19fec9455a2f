package dev.frontdesk.endtoend.people;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.endtoend.http.Gateway;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** All mailboxes, as scripts read them. */
public final class Inbox {

    private static final Duration DELIVERED_WITHIN = Duration.ofSeconds(20);

    private final Gateway http;

    public Inbox(URI url) {
        this.http = Gateway.notOurs(url);
    }

    /** A mail, decoded. */
    public record Mail(JsonNode json) {

        private static final Pattern CODE = Pattern.compile("(?<![0-9])[0-9]{6}(?![0-9])");

        public String subject() {
            return json.get("subject").asString();
        }

        public String text() {
            return json.get("text").asString();
        }

        public String html() {
            return json.get("html").asString();
        }

        public String header(String name) {
            return json.get("headers").path(name).asString("");
        }

        /** The one code of six digits in its text. */
        public String code() {
            var codes =
                    CODE.matcher(text()).results().map(found -> found.group()).toList();
            if (codes.size() != 1) {
                throw new AssertionError("A mail with " + codes.size() + " codes: " + text());
            }
            return codes.getFirst();
        }
    }

    /** Newest first. */
    public List<Mail> mailsTo(String address) {
        var mails = http.get("/api/messages?to=" + URLEncoder.encode(address, UTF_8))
                .expect(200)
                .json();
        return mails.valueStream().map(Mail::new).toList();
    }

    /** Waits for the newest mail to this address. */
    public Mail mailTo(String address) {
        return mailTo(address, "", 1);
    }

    /** Waits for the newest mail to this address with such a subject, once there are that many. */
    public Mail mailTo(String address, String subject, int mails) {
        return await(mails + " mails to " + address + ": " + subject)
                .atMost(DELIVERED_WITHIN)
                .until(
                        () -> mailsTo(address).stream()
                                .filter(mail -> mail.subject().contains(subject))
                                .toList(),
                        found -> found.size() >= mails)
                .getFirst();
    }
}
