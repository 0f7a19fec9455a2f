package dev.frontdesk.notification.emailtemplates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.web.ProblemException;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

class MailWriterTest {

    private static final Map<String, Object> ADA = Map.of("name", "Ada", "data", Map.of("order", "A-1"));

    private final Map<String, Map<String, EmailTemplate>> own = new HashMap<>();
    private final MailWriter mailWriter =
            new MailWriter(new BuiltInTemplates(), (_, kind) -> Mono.just(own.getOrDefault(kind, Map.of())));

    @ParameterizedTest
    @CsvSource({
        "tr-TR, Hoş geldiniz",
        "tr, Hoş geldiniz",
        "en-GB, Welcome",
        "fr-CA, Welcome",
        "'', Welcome",
        "?, Welcome"
    })
    void speaksTheReadersLanguageOrEnglish(String locale, String subject) {
        assertThat(write("account.verified", locale).subject()).isEqualTo(subject);
    }

    @Test
    void aTenantsTemplateReplacesTheDefaultInItsLanguage() {
        has("account.verified", "tr", words("Selam {{name}}"));
        has("account.verified", "de", words("Willkommen {{name}}"));

        assertThat(write("account.verified", "tr").subject()).isEqualTo("Selam Ada");
        assertThat(write("account.verified", "de").subject()).isEqualTo("Willkommen Ada");
        assertThat(write("account.verified", "en").subject()).isEqualTo("Welcome");
        assertThat(write("account.verified", "fr").subject()).isEqualTo("Welcome");
    }

    @Test
    void aKindOfATenantsOwnIsInEnglishOrInWhatThereIs() {
        has("order-sent", "tr", words("Siparişiniz {{data.order}}"));
        assertThat(write("order-sent", "de").subject()).isEqualTo("Siparişiniz A-1");

        has("order-sent", "en", words("Your order {{data.order}}"));
        assertThat(write("order-sent", "de").subject()).isEqualTo("Your order A-1");
        assertThat(write("order-sent", "tr").subject()).isEqualTo("Siparişiniz A-1");
    }

    @Test
    void wordsThatFailDoNotKeepAMailFromItsReader() {
        has("account.verified", "tr", words("Selam {{data.nothing}}"));
        has("order-sent", "tr", words("{{data.nothing}}"));

        assertThat(write("account.verified", "tr").subject()).isEqualTo("Hoş geldiniz");
        assertThatThrownBy(() -> write("order-sent", "tr")).hasMessageContaining("nothing");
    }

    @Test
    void aSubjectIsOneLineWhateverIsFilledIn() {
        has("order-sent", "en", words("Order {{data.order}}"));
        var evil = Map.of("name", "", "data", Map.of("order", "1\r\nBcc: eve@example.org\u2028x"));

        assertThat(write("order-sent", "en", evil).subject()).isEqualTo("Order 1 Bcc: eve@example.org x");
    }

    @Test
    void refusesAMailThatCanNotBeWritten() {
        has("order-sent", "en", words("Order {{data.order}}"));

        assertThat(refused("order-sent", Map.of())).isEqualTo("data lacks a variable of the template: data.order");
        assertThat(refused("no-such-kind", Map.of())).isEqualTo("kind has no template");
        for (Object noText : List.of(List.of(1, 2), Map.of("a", 1), List.of())) {
            assertThat(refused("order-sent", Map.of("order", noText)))
                    .isEqualTo("data has an object or a list where the template needs text or a number");
        }
        for (String nothing : List.of("", " ", "\r\n", "\u200b\u00a0")) {
            assertThat(refused("message", Map.of("title", nothing, "body", "b")))
                    .isEqualTo("data leaves a subject without visible characters");
        }
        assertThat(refused("new-badge", Map.of("icon", "loom"))).contains("data.name");
        mailWriter
                .check(TenantId.DEFAULT, "order-sent", "en", Map.of("order", 1))
                .block();
    }

    @Test
    void aPageHasTheLanguageOfItsTemplate() {
        String page = "{{<mail/layout}}{{$content}}Selam{{/content}}{{/mail/layout}}";
        has("order-sent", "tr", new EmailTemplate("Selam", "Selam", page));

        assertThat(write("order-sent", "tr").html()).contains("<html lang=\"tr\">");
        assertThat(write("order-sent", "en").html()).contains("<html lang=\"tr\">");
        has("order-sent", "ar", new EmailTemplate("x", "x", page));
        assertThat(write("order-sent", "ar-EG").html()).contains("<html lang=\"ar\">");
        has(
                "order-sent",
                "en",
                new EmailTemplate("x", "x", page.replace("{{$content}}", "{{$lang}}en-GB{{/lang}}{{$content}}")));
        assertThat(write("order-sent", "en").html()).contains("<html lang=\"en-GB\">");
        assertThat(write("account.verified", "tr").html()).contains("<html lang=\"tr\">");
    }

    @Test
    void rendersTemplatesOnSeparateThreads() {
        has("order-sent", "en", words("Order"));
        var data = new SeenFrom();

        write("order-sent", "en", Map.of("name", "Ada", "data", data));
        mailWriter.check(TenantId.DEFAULT, "order-sent", "en", data).block();
        mailWriter.fill("en", words("Order"), data).block();

        // The subject, the text and the HTML of each.
        assertThat(data.threads).hasSize(9).allMatch(thread -> thread.startsWith("mail-words-"));
    }

    /** Records the threads that read it. */
    private static final class SeenFrom extends AbstractMap<String, Object> {

        private final List<String> threads = new CopyOnWriteArrayList<>();

        @Override
        public Set<Entry<String, Object>> entrySet() {
            threads.add(Thread.currentThread().getName());
            return Set.of();
        }
    }

    @Test
    void wordsThatAreNoneAnyLongerAreARefusal() {
        has("order-sent", "en", words("{{{data.order}}}"));
        has("account.verified", "en", words("{{ ! {{=( )=}}" + "(#name)".repeat(2_000)));

        assertThat(refused("order-sent", Map.of("order", 1))).startsWith("kind has a template that is invalid");
        assertThat(write("account.verified", "en").subject()).isEqualTo("Welcome");
    }

    private String refused(String kind, Map<String, ?> data) {
        try {
            mailWriter.check(TenantId.DEFAULT, kind, "en", data).block();
        } catch (ProblemException refused) {
            var errors = (List<?>) Objects.requireNonNull(
                    Objects.requireNonNull(refused.getBody().getProperties()).get("errors"));
            var error = (ProblemException.FieldError) errors.getFirst();
            return error.field() + " " + error.message();
        }
        throw new AssertionError("not refused");
    }

    private void has(String kind, String language, EmailTemplate words) {
        own.computeIfAbsent(kind, _ -> new HashMap<>()).put(language, words);
    }

    private static EmailTemplate words(String subject) {
        return new EmailTemplate(subject, "Hello {{name}}", "<p>{{name}}</p>");
    }

    private WrittenMail write(String kind, String locale) {
        return write(kind, locale, ADA);
    }

    private WrittenMail write(String kind, String locale, Map<String, ?> model) {
        return Objects.requireNonNull(
                mailWriter.write(TenantId.DEFAULT, kind, locale, model).block());
    }
}
