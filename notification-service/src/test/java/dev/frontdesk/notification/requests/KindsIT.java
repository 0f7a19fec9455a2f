package dev.frontdesk.notification.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.NotificationRequest;
import dev.frontdesk.contracts.events.NotificationRequest.EmailRequested;
import dev.frontdesk.contracts.events.NotificationRequest.JobRequested;
import dev.frontdesk.contracts.events.NotificationRequest.NotificationRequested;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Administrators;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.notification.Api;
import dev.frontdesk.notification.EventSimulator;
import dev.frontdesk.notification.JobRows;
import dev.frontdesk.notification.RunningService;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A kind or a type has one spelling, in every request. */
@RunningService
class KindsIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String EMAIL = "a@example.org";
    private static final Map<String, String> WORDS = Map.of("subject", "x", "text", "y");

    private static final List<String> WRONG = List.of(
            "ORDER_SHIPPED",
            "Order-Shipped",
            "order_shipped",
            "1order",
            "order.",
            "order..paid",
            "-order",
            "order paid",
            "a".repeat(65),
            "",
            "ödeme",
            "😀");

    /** Kinds that are reserved for Frontdesk's accounts, sessions and webhooks, known or not. */
    private static final List<String> RESERVED =
            List.of("account.verified", "session.opened", "account.verification-repeated", "webhook.test", "account.x");

    @Autowired
    private EventSimulator world;

    @Autowired
    private JobRows jobs;

    @Autowired
    private IdentityAssertions gateway;

    @LocalServerPort
    private int port;

    private final String tenant = "t" + UUID.randomUUID().toString().substring(0, 8);
    private final UUID account = UUID.randomUUID();
    private Api shop;

    @BeforeEach
    void callAsTheShop() {
        var caller = new Caller.Account(
                new TenantId(tenant), UUID.randomUUID(), UUID.randomUUID(), Set.of(Administrators.ROLE));
        shop = new Api(gateway, port, caller);
        assertThat(shop.put("/api/v1/queues/exports", Map.of()).status()).isLessThan(300);
    }

    @Test
    void whatIsWrittenAnotherWayIsRefusedInEveryRequest() {
        everyRequest().forEach((what, request) -> {
            for (String wrong : WRONG) {
                // A path has no empty segment.
                if (!wrong.isEmpty() || !what.startsWith("/api/v1/email-templates/")) {
                    refused(request.apply(wrong), what, wrong);
                }
            }
            assertThat(String.valueOf(request.apply("ORDER_SHIPPED").body().get("errors")))
                    .as(what)
                    .contains("must be written in lower case with hyphens: order-shipped");
        });
        nothingIsDone();
    }

    @Test
    void applicationsTellNothingUnderFrontdesksNames() {
        for (String name : RESERVED) {
            refused(notify(name), "notification", name);
            refused(mail(name), "mail", name);
            refused(tell(name), "webhook", name);
        }
        nothingIsDone();
    }

    @Test
    void patternsOfTypesAreWrittenTheSameWay() {
        for (String wrong : List.of("ORDER.*", "order_x.*", "1.*", ".*", "a.*.b", "*.*", "a".repeat(65) + ".*", "a*")) {
            refused(endpoint(wrong), "webhook endpoint", wrong);
        }
        for (String right : List.of("*", "order.*", "order.paid.*", "account.*", "account.address-changed")) {
            assertThat(endpoint(right).status()).as(right).isEqualTo(201);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ORDER_SHIPPED", "order."})
    void whatKafkaBringsIsHeldToTheSame(String wrong) {
        var id = UUID.randomUUID();
        isParked(new NotificationRequested(tenant, account, wrong, Map.of(), "x", null, null, false, null));
        isParked(new EmailRequested(tenant, id, null, EMAIL, null, wrong, Map.of(), null, null));
        isParked(new JobRequested(tenant, id, "exports", wrong, null, null, null, Map.of()));
        nothingIsDone();
    }

    @Test
    void applicationsTellNothingUnderFrontdesksNamesThroughKafka() {
        var id = UUID.randomUUID();
        isParked(new NotificationRequested(tenant, account, "session.opened", Map.of(), "x", null, null, false, null));
        isParked(new EmailRequested(tenant, id, null, EMAIL, null, "account.deleted", Map.of(), null, null));
        nothingIsDone();
    }

    /** Each by the request that it sends, with the kind to fill in. */
    private Map<String, Function<String, Api.Answer>> everyRequest() {
        var all = new LinkedHashMap<String, Function<String, Api.Answer>>();
        all.put("notification", this::notify);
        all.put("mail", this::mail);
        all.put("/api/v1/email-templates/ PUT", kind -> shop.put(template(kind), WORDS));
        all.put("/api/v1/email-templates/ GET", kind -> shop.get(template(kind)));
        all.put("preview", kind -> shop.post("/api/v1/email-templates/preview", with(WORDS, "kind", kind)));
        all.put("job", kind -> shop.post("/api/v1/queues/exports/jobs", Map.of("kind", kind)));
        all.put(
                "jobs",
                kind -> shop.post("/api/v1/queues/exports/jobs/bulk", Map.of("jobs", List.of(Map.of("kind", kind)))));
        all.put("retry", kind -> shop.post("/api/v1/queues/exports/jobs/retry", Map.of("kind", kind)));
        all.put("jobs found", kind -> shop.get("/api/v1/jobs?kind=" + encoded(kind)));
        all.put("count", kind -> shop.post("/api/v1/analytics/events", Map.of("kind", kind)));
        all.put("counts found", kind -> shop.get("/api/v1/analytics/counts?kind=" + encoded(kind)));
        all.put("webhook", this::tell);
        all.put("webhook endpoint", this::endpoint);
        all.put("webhooks found", type -> shop.get("/api/v1/webhooks/events?type=" + encoded(type)));
        return all;
    }

    private Api.Answer notify(String kind) {
        return shop.post("/api/v1/notifications", Map.of("account_id", account, "kind", kind, "title", "x"));
    }

    private Api.Answer mail(String kind) {
        return shop.post("/api/v1/emails", Map.of("email", EMAIL, "kind", kind, "data", Map.of()));
    }

    private Api.Answer tell(String type) {
        return shop.post("/api/v1/webhooks/events", Map.of("type", type, "data", Map.of()));
    }

    private Api.Answer endpoint(String type) {
        return shop.post(
                "/api/v1/webhooks/endpoints", Map.of("url", "https://shop.example/", "event_types", List.of(type)));
    }

    private static String template(String kind) {
        return "/api/v1/email-templates/" + encoded(kind) + "/en";
    }

    /** As a client writes it in a URL; the test's own client encodes the rest. */
    private static String encoded(String text) {
        return text.chars().allMatch(it -> it < 128)
                ? text.replace(" ", "%20")
                : URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Map<String, String> with(Map<String, String> fields, String name, String value) {
        var all = new LinkedHashMap<>(fields);
        all.put(name, value);
        return all;
    }

    private static void refused(Api.Answer answer, String what, String kind) {
        assertThat(answer.status()).as("%s %s: %s", what, kind, answer.body()).isEqualTo(400);
        assertThat(answer.body()
                        .get("errors")
                        .valueStream()
                        .map(it -> it.get("field").asString()))
                .as("%s %s", what, kind)
                .allMatch(field -> field.endsWith("kind") || field.equals("type") || field.equals("event_types"))
                .isNotEmpty();
    }

    private void isParked(NotificationRequest request) {
        var event = world.happens(request);
        await().atMost(SOON)
                .until(() -> String.valueOf(jobs.value(
                                "SELECT detail FROM notification.dead_letters WHERE event_id = ?"
                                        + " AND group_name = 'notification-requests'",
                                event.id().toString()))
                        .contains("kind "));
    }

    private void nothingIsDone() {
        for (String table : List.of("jobs", "webhook_events", "webhook_endpoints", "email_templates", "daily_counts")) {
            assertThat(String.valueOf(
                            jobs.value("SELECT count(*) FROM notification." + table + " WHERE tenant = ?", tenant)))
                    .as(table)
                    .isEqualTo("0");
        }
    }
}
