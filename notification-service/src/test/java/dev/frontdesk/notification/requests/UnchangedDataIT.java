package dev.frontdesk.notification.requests;

import static dev.frontdesk.notification.EventSimulator.anyEmail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.NotificationRequest.EmailRequested;
import dev.frontdesk.contracts.events.NotificationRequest.NotificationRequested;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.localstack.mailbox.Mail;
import dev.frontdesk.notification.Api;
import dev.frontdesk.notification.Api.Answer;
import dev.frontdesk.notification.EventSimulator;
import dev.frontdesk.notification.JobRows;
import dev.frontdesk.notification.RunningService;
import dev.frontdesk.testsupport.servers.Smtp;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Data of an application arrives as it was sent, or is refused before it is stored. */
@RunningService
class UnchangedDataIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String NOTIFICATIONS = "/api/v1/notifications";
    private static final String EMAILS = "/api/v1/emails";
    private static final String PREVIEW = "/api/v1/email-templates/preview";

    @Autowired
    private EventSimulator world;

    @Autowired
    private Smtp smtp;

    @Autowired
    private JobRows jobs;

    @Autowired
    private IdentityAssertions gateway;

    @LocalServerPort
    private int port;

    private final String tenant = "t" + UUID.randomUUID().toString().substring(0, 8);
    private final String email = anyEmail();
    private final UUID account = UUID.randomUUID();
    private Api shop;

    @BeforeEach
    void letTheShopIn() {
        shop = new Api(
                gateway,
                port,
                new Caller.Account(
                        new TenantId(tenant), UUID.randomUUID(), UUID.randomUUID(), Set.of(Administrators.ROLE)));
    }

    @Test
    void numbersComeAsTheyWereSent() {
        String words = "{{data.n}} {{data.deep.n}}{{#data.list}} {{.}}{{/data.list}}";
        hasWords("bill", "en", words, words);
        String data = "{\"n\": 12345678.9, \"deep\": {\"n\": 100.0}, \"list\": [9.0E-4, 1e3, 9007199254740993]}";
        String shown = "12345678.9 100.0 0.00090 1000 9007199254740993";

        assertThat(shop.post(PREVIEW, "{\"kind\": \"bill\", \"data\": " + data + "}")
                        .text("subject"))
                .isEqualTo(shown);
        accepted(shop.post(EMAILS, "{\"kind\": \"bill\", \"email\": \"" + email + "\", \"data\": " + data + "}"));
        isWritten(onlyMail(email), shown);

        String other = anyEmail();
        world.happens(new EmailRequested(
                tenant,
                UUID.randomUUID(),
                null,
                other,
                null,
                "bill",
                Map.of(
                        "n",
                        new BigDecimal("12345678.9"),
                        "deep",
                        Map.of("n", new BigDecimal("100.0")),
                        "list",
                        List.of(new BigDecimal("9.0E-4"), new BigDecimal("1e3"), 9007199254740993L)),
                "en",
                null));
        isWritten(onlyMail(other), shown);
    }

    @Test
    void aNumberThatIsNotForPeopleCostsNothing() {
        hasWords("bill", "en", "{{data.n}}", "x");

        refused(shop.post(PREVIEW, "{\"kind\": \"bill\", \"data\": {\"n\": 1e999999999}}"), "data");
    }

    private static void isWritten(Mail mail, String shown) {
        assertThat(mail.subject()).isEqualTo(shown);
        assertThat(mail.text().strip()).isEqualTo(shown);
        assertThat(mail.html()).contains(">" + shown + "<");
    }

    @ParameterizedTest
    @CsvSource({"title, subject", "body, text"})
    void everyControlCharacterIsSentOrRefusedInAMail(String field, String part) {
        int sent = 0;
        for (int i = 0; i < 0xa0; i = i == 0x1f ? 0x7f : i + 1) {
            String to = anyEmail();
            String given = "a" + "\\u%04x".formatted(i) + "b";
            var data = field.equals("title")
                    ? "{\"title\": \"" + given + "\", \"body\": \"x\"}"
                    : "{\"title\": \"x\", \"body\": \"" + given + "\"}";

            var answer =
                    shop.post(EMAILS, "{\"kind\": \"message\", \"email\": \"" + to + "\", \"data\": " + data + "}");

            if (answer.status() == 202) {
                sent++;
                Mail mail = onlyMail(to);
                String arrived = part.equals("subject") ? mail.subject() : mail.text();
                assertThat(arrived.replace("\r\n", "\n").strip()).as("%x", i).matches("a[ \\t\\n[^\\p{IsCc}]]b");
            } else {
                refused(answer, "data");
            }
        }
        assertThat(sent).isEqualTo(3 + 27);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "notifications title",
                "notifications body",
                "notifications data.x",
                "emails first_name",
                "template subject",
                "template text",
                "template html",
                "preview text",
                "preview data"
            })
    void everyControlCharacterIsRepairedOrRefused(String where) {
        String field = where.substring(where.indexOf(' ') + 1);
        for (int i = 0; i < 0xa0; i = i == 0x1f ? 0x7f : i + 1) {
            var answer = give(where, "a" + "\\u%04x".formatted(i) + "b");

            if (answer.status() == 400) {
                refused(answer, field);
            } else {
                assertThat(answer.status()).as("%s %x", where, i).isBetween(200, 202);
                assertThat(stored(where, answer))
                        .as("%s %x", where, i)
                        .matches("(?s).*a(\\t|\\n|\\\\t|\\\\n|[^\\p{IsCc}])b.*");
            }
        }
        assertThat(give(where, "It\\u0092s").status())
                .as("an apostrophe of Windows")
                .isBetween(200, where.endsWith("first_name") ? 400 : 202);
    }

    private Answer give(String where, String text) {
        return switch (where) {
            case "notifications title" -> notify("\"kind\": \"k\", \"title\": \"" + text + "\"");
            case "notifications body" -> notify("\"kind\": \"k\", \"title\": \"x\", \"body\": \"" + text + "\"");
            case "notifications data.x" ->
                notify("\"kind\": \"k\", \"title\": \"x\", \"data\": {\"x\": \"" + text + "\"}");
            case "emails first_name" ->
                shop.post(
                        EMAILS,
                        "{\"kind\": \"message\", \"email\": \"" + anyEmail() + "\", \"first_name\": \"" + text
                                + "\", \"due_at\": \"" + Instant.now().plus(Duration.ofDays(1))
                                + "\", \"data\": {\"title\": \"x\", \"body\": \"y\"}}");
            case "template subject" -> put("{\"subject\": \"" + text + "\", \"text\": \"x\"}");
            case "template text" -> put("{\"subject\": \"x\", \"text\": \"" + text + "\"}");
            case "template html" -> put("{\"subject\": \"x\", \"text\": \"x\", \"html\": \"" + text + "\"}");
            case "preview text" ->
                shop.post(PREVIEW, "{\"kind\": \"k\", \"subject\": \"x\", \"text\": \"" + text + "\"}");
            case "preview data" ->
                shop.post(
                        PREVIEW,
                        "{\"kind\": \"k\", \"subject\": \"x\", \"text\": \"{{data.x}}\", \"data\": {\"x\": \"" + text
                                + "\"}}");
            default -> throw new IllegalArgumentException(where);
        };
    }

    private Answer notify(String fields) {
        return shop.post(
                NOTIFICATIONS,
                "{\"account_id\": \"" + account + "\", " + fields + ", \"due_at\": \""
                        + Instant.now().plus(Duration.ofDays(1)) + "\"}");
    }

    private Answer put(String body) {
        return shop.put("/api/v1/email-templates/k/en", body);
    }

    /** As it is stored: the payload of a job, or the response. */
    private String stored(String where, Answer answer) {
        if (where.startsWith("template") || where.startsWith("preview")) {
            String field = where.substring(where.indexOf(' ') + 1);
            return answer.text(field.equals("data") ? "text" : field);
        }
        return String.valueOf(
                jobs.value("SELECT payload FROM notification.jobs WHERE id = CAST(? AS uuid)", answer.text("id")));
    }

    @Test
    void aLineThatIsLongerThanMailServersTake() {
        String body = "word ".repeat(600) + "end";
        hasWords("long", "en", "x", "{{data.body}}");

        accepted(shop.post(
                EMAILS, "{\"kind\": \"long\", \"email\": \"" + email + "\", \"data\": {\"body\": \"" + body + "\"}}"));

        Mail mail = onlyMail(email);
        assertThat(mail.text().replace("\u00a0", "").strip()).isEqualTo(body);
        assertThat(mail.html()).contains("<p>" + body + "</p>");
    }

    @Test
    void dataOfTheTemplateIsRequiredBeforeANotificationIsStored() {
        hasWords("order-shipped", "en", "{{data.order}}", "{{#data.note}}Note: {{data.note}} {{/data.note}}sent");
        hasWords("order-shipped", "tr", "{{data.order}}", "{{data.toplam}}");
        String order = "\"title\": \"Sent\", \"mail\": true, \"kind\": \"%s\", \"data\": {%s}";

        refused(notify(order.formatted("order-shipped", "") + ", \"locale\": \"en\""), "data");
        accepted(notify(order.formatted("order-shipped", "\"order\": \"A-1\"") + ", \"locale\": \"en\""));
        // Without a locale, it may be any language that has a template.
        refused(notify(order.formatted("order-shipped", "\"order\": \"A-1\"")), "data");
        accepted(notify(order.formatted("order-shipped", "\"order\": \"A-1\", \"toplam\": \"9\"")));
        refused(notify(order.formatted("order-shipped", manyValues()) + ", \"locale\": \"en\""), "data");
        accepted(notify(order.formatted("no-template", "")));
        accepted(notify("\"title\": \"x\", \"mail\": false, \"kind\": \"order-shipped\""));
        var parked = world.happens(
                new NotificationRequested(tenant, account, "order-shipped", Map.of(), "Sent", null, "en", true, null));
        await().atMost(SOON)
                .until(() -> String.valueOf(jobs.value(
                                "SELECT detail FROM notification.dead_letters WHERE event_id = ?",
                                parked.id().toString()))
                        .contains("data lacks a variable of the template: data.order"));
    }

    private static String manyValues() {
        var values = new StringBuilder("\"order\": \"A-1\"");
        for (int i = 0; i < 19; i++) {
            values.append(", \"v")
                    .append(i)
                    .append("\": \"")
                    .append("x".repeat(1000))
                    .append('"');
        }
        return values.toString();
    }

    @Test
    void aBadgeNeedsNoIcon() {
        accepted(notify("\"kind\": \"new-badge\", \"data\": {\"name\": \"Early bird\"}, \"mail\": true"));
        refused(notify("\"kind\": \"new-badge\", \"mail\": true"), "data.name");
        accepted(shop.post(
                EMAILS,
                "{\"kind\": \"new-badge\", \"email\": \"" + email + "\", \"data\": {\"name\": \"Early bird\"}}"));
        assertThat(onlyMail(email).text()).contains("a new badge: Early bird");
    }

    private void hasWords(String kind, String language, String subject, String text) {
        jobs.value(
                "INSERT INTO notification.email_templates (tenant, kind, language, subject, text, html) VALUES ('"
                        + tenant + "', '" + kind + "', ?, '" + subject + "', '" + text + "', '<p>" + text
                        + "</p>') RETURNING kind",
                language);
    }

    private Mail onlyMail(String to) {
        return await().atMost(SOON)
                .until(() -> smtp.messages(to), found -> !found.isEmpty())
                .getFirst();
    }

    private static void accepted(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(202);
    }

    private static void refused(Answer answer, String field) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(400);
        assertThat(answer.body().get("errors").get(0).get("field").asString()).isEqualTo(field);
    }
}
