package dev.frontdesk.notification.emailtemplates;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.notification.HeldInserts;
import dev.frontdesk.notification.JobRows;
import dev.frontdesk.notification.RunningService;
import dev.frontdesk.testsupport.http.TestClients;
import dev.frontdesk.testsupport.servers.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

@RunningService
class EmailTemplatesIT {

    private static final String PATH = "/api/v1/email-templates";
    private static final Map<String, String> ORDER = Map.of(
            "subject", "Order {{data.order}}",
            "text", "Hello {{name}}, {{#data.items}}{{title}} {{/data.items}}",
            "html", "{{<mail/layout}}{{$content}}<p>{{data.order}}</p>{{/content}}{{/mail/layout}}");

    @Autowired
    private IdentityAssertions gateway;

    @Autowired
    private EmailTemplates templates;

    @Autowired
    private Database database;

    @Autowired
    private JobRows rows;

    @LocalServerPort
    private int port;

    /** Used by this test only. */
    private final TenantId tenant =
            new TenantId("t" + UUID.randomUUID().toString().substring(0, 8));

    private final Caller administrator =
            new Caller.Account(tenant, UUID.randomUUID(), UUID.randomUUID(), Set.of("administrator"));

    @Test
    void storesATenantsTemplateAndRestoresTheDefault() {
        call(HttpMethod.GET, "/account.verified/tr", null)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.own")
                .isEqualTo(false)
                .jsonPath("$.subject")
                .isEqualTo("Hoş geldiniz");

        call(HttpMethod.PUT, "/account.verified/tr", Map.of("subject", "Selam {{name}}", "text", "Selam!"))
                .expectStatus()
                .isCreated();
        call(HttpMethod.PUT, "/account.verified/tr", Map.of("subject", "Selam {{name}}", "text", "Merhaba!"))
                .expectStatus()
                .isOk();
        call(HttpMethod.GET, "/account.verified/tr", null)
                .expectBody()
                .jsonPath("$.own")
                .isEqualTo(true)
                .jsonPath("$.text")
                .isEqualTo("Merhaba!")
                .jsonPath("$.html")
                .doesNotExist();
        call(HttpMethod.GET, "", null)
                .expectBody()
                .jsonPath("$.templates[?(@.kind == 'account.verified' && @.language == 'tr')].own")
                .isEqualTo(true)
                .jsonPath("$.templates[?(@.kind == 'account.verified' && @.language == 'en')].own")
                .isEqualTo(false);

        call(HttpMethod.DELETE, "/account.verified/tr", null).expectStatus().isNoContent();
        call(HttpMethod.DELETE, "/account.verified/tr", null).expectStatus().isNotFound();
        call(HttpMethod.GET, "/account.verified/tr", null)
                .expectBody()
                .jsonPath("$.own")
                .isEqualTo(false);
        call(HttpMethod.GET, "/account.verified/de", null).expectStatus().isNotFound();
        call(HttpMethod.GET, "/no-such-kind/en", null).expectStatus().isNotFound();
    }

    @Test
    void areSoManyOfATenantAtMost() throws SQLException {
        rows.value(
                "INSERT INTO notification.email_templates (tenant, kind, language, subject, text)"
                        + " SELECT ?, 'kind-' || i, 'en', 'x', 'x' FROM generate_series(1, %d) i RETURNING kind"
                                .formatted(EmailTemplates.MOST - 1),
                tenant.value());
        var template = new EmailTemplate("x", "x", null);
        try (var inserts = new HeldInserts(database, "email_templates", tenant.value())) {
            // Both have counted, or one waits for the other, before either is stored.
            var one = templates.put(tenant, "one", "en", template).toFuture();
            var other = templates.put(tenant, "other", "en", template).toFuture();
            inserts.releaseWhenWaiting(2);

            assertThat(Stream.of(one, other)
                            .map(put -> put.orTimeout(20, SECONDS).join())
                            .filter(Objects::nonNull))
                    .containsExactly(true);
        }
        call(HttpMethod.PUT, "/too-many/en", ORDER).expectStatus().isEqualTo(409);
        call(HttpMethod.PUT, "/kind-7/en", ORDER).expectStatus().isOk();
    }

    @Test
    void anotherTenantHasItsOwn() {
        call(HttpMethod.PUT, "/order-sent/en", ORDER).expectStatus().isCreated();
        var elsewhere = new Caller.Operator(new TenantId("elsewhere"));

        call(elsewhere, HttpMethod.GET, "/order-sent/en", null).expectStatus().isNotFound();
        call(elsewhere, HttpMethod.DELETE, "/order-sent/en", null)
                .expectStatus()
                .isNotFound();
        call(HttpMethod.GET, "/order-sent/en", null).expectStatus().isOk();
    }

    @Test
    void previewsAMail() {
        call(HttpMethod.PUT, "/order-sent/en", ORDER).expectStatus().isCreated();
        var data = Map.of("order", "<A-1>", "items", new Object[] {Map.of("title", "tea")});

        call(HttpMethod.POST, "/preview", Map.of("kind", "order-sent", "language", "tr", "data", data))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.language")
                .isEqualTo("en")
                .jsonPath("$.subject")
                .isEqualTo("Order <A-1>")
                .jsonPath("$.text")
                .isEqualTo("Hello Ayşe, tea")
                .jsonPath("$.html")
                .value(html -> assertThat(String.valueOf(html)).contains("<p>&lt;A-1&gt;</p>"));
        call(HttpMethod.POST, "/preview", Map.of("kind", "account.verification-requested", "language", "tr"))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.text")
                .value(text -> assertThat(String.valueOf(text)).contains("123456"));
        call(
                        HttpMethod.POST,
                        "/preview",
                        Map.of("kind", "account.verified", "subject", "A draft", "text", "for {{name}}"))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.text")
                .isEqualTo("for Ayşe");
        refusal("/preview", HttpMethod.POST, Map.of("kind", "order-sent"), "data");
        refusal("/preview", HttpMethod.POST, Map.of("language", "en"), "kind");
        refusal("/preview", HttpMethod.POST, Map.of("kind", "account.verified", "subject", "A draft"), "text");
        call(HttpMethod.POST, "/preview", Map.of("kind", "no-such-kind"))
                .expectStatus()
                .isNotFound();
    }

    @ParameterizedTest
    @CsvSource({
        "subject, Hello {{{name}}}",
        "subject, Hello {{code}}",
        "subject, ''",
        "text, {{#name}}",
        "text, {{data.order}}",
        "text, {{=<% %>=}}",
        "html, {{>mail/password-reset.en}}",
        "html, <p>{{&name}}</p>",
        "html, {{ ! {{{name}}}",
        "html, {{ ! {{=( )=}}",
    })
    void refusesHarmfulTemplates(String field, String source) {
        var words = new HashMap<>(Map.of("subject", "Hello", "text", "Hello", "html", "<p>Hello</p>"));
        words.put(field, source);

        refusal("/account.verified/en", HttpMethod.PUT, words, field);
    }

    @Test
    void refusesWhatHasNoBounds() {
        refusal(
                "/account.verified/en",
                HttpMethod.PUT,
                Map.of("subject", "a\r\nBcc: eve@example.org", "text", "x"),
                "subject");
        refusal("/account.verified/en", HttpMethod.PUT, Map.of("subject", "x".repeat(201), "text", "x"), "subject");
        refusal("/account.verified/en", HttpMethod.PUT, Map.of("subject", "x", "text", "x".repeat(20_001)), "text");
        refusal("/account.verified/en", HttpMethod.PUT, Map.of("subject", "x", "text", "\u0000"), "text");
        refusal("/account.verified/en", HttpMethod.PUT, Map.of("subject", "x"), "text");
        refusal("/account.verified/en", HttpMethod.PUT, Map.of("subject", "x", "text", "x", "role", "x"), "role");
        refusal(
                "/account.verification-requested/en",
                HttpMethod.PUT,
                Map.of("subject", "x", "text", "no code"),
                "text");
        refusal("/Bad.Kind/en", HttpMethod.PUT, ORDER, "kind");
        refusal("/account.verified/en-GB", HttpMethod.PUT, ORDER, "language");
        call(HttpMethod.PUT, "/account.verified/en", Map.of("subject", "x", "text", "x".repeat(10_000_000)))
                .expectStatus()
                .isEqualTo(413);
    }

    private void refusal(String path, HttpMethod method, Object body, String field) {
        call(method, path, body)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    private WebTestClient.ResponseSpec call(HttpMethod method, String path, @Nullable Object body) {
        return call(administrator, method, path, body);
    }

    private WebTestClient.ResponseSpec call(Caller caller, HttpMethod method, String path, @Nullable Object body) {
        var request = TestClients.at(port)
                .baseUrl("http://127.0.0.1:" + port + PATH)
                .responseTimeout(Duration.ofSeconds(20))
                .build()
                .method(method)
                .uri(path)
                .header(Headers.IDENTITY, gateway.sign(caller));
        return body == null ? request.exchange() : request.bodyValue(body).exchange();
    }
}
