package dev.frontdesk.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.frontdesk.kit.secrets.SealedSecrets;
import dev.frontdesk.notification.emailtemplates.MailKind;
import dev.frontdesk.notification.emailtemplates.MailWriter;
import dev.frontdesk.notification.emailtemplates.WrittenMail;
import dev.frontdesk.notification.jobs.JobFixture;
import dev.frontdesk.testsupport.clock.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MailRendererTest {

    private static final Instant EXPIRY = Instant.parse("2026-11-21T10:10:00Z");

    private static final Map<String, Object> DATA = Map.of(
            "device", "Firefox, Linux",
            "time", "2026-11-21 10:01 UTC",
            "name", "Early bird",
            "icon", "*",
            "title", "A word to Ayşe",
            "body", "Ayşe,\nall is well.");

    private final SealedSecrets secrets = new SealedSecrets(Base64.getEncoder().encodeToString(new byte[32]));
    private final MutableClock clock = MutableClock.at("2026-11-21T10:00:00Z");
    private final MailRenderer renderer = new MailRenderer(MailWriter.ofOurOwn(), secrets, clock);
    private final UUID registration = UUID.randomUUID();

    @Test
    void opensTheCodeOnlyForItsRegistration() {
        var sealed = secrets.seal("012345", "verification-code:" + registration);

        assertThat(code("Ada", "en", sealed).text()).contains("    012345");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> code("Ada", "en", secrets.seal("012345", "verification-code:" + UUID.randomUUID())));
    }

    @Test
    void saysHowLongTheCodeStillWorks() {
        assertThat(code("Ada", "en", sealed()).text()).contains("valid for 10 min");

        clock.advance(Duration.ofSeconds(61));
        assertThat(code("Ada", "tr", sealed()).text()).contains("Kod 9 dk geçerlidir");

        clock.moveTo(EXPIRY.minusMillis(1));
        assertThat(code("Ada", "en", sealed()).text()).contains("valid for 1 min");
    }

    @Test
    void showsTheCodeBigAndNeverInTheSubject() {
        var mail = code("Ada", "en", sealed());

        assertThat(mail.subject()).isEqualTo("Your verification code");
        assertThat(mail.html())
                .containsPattern("font-size:36px[^>]*>123456</p>")
                .startsWith("<!doctype html>");
    }

    @Test
    void doesNotCarryAMessageForAStranger() {
        var mail = code("Win at https://evil.example", "en", sealed());

        assertThat(mail.text()).contains("Hello,").doesNotContain("evil");
        assertThat(mail.html()).contains("Hello,").doesNotContain("evil");
    }

    @Test
    void writesEveryKindInEveryLanguage() {
        for (var kind : MailKind.values()) {
            for (var locale : new String[] {"en", "tr"}) {
                var mail = render(kind.key(), "Ayşe", locale, sealed(kind, "123456"));
                assertThat(mail.subject()).isNotBlank();
                assertThat(mail.text()).contains("Ayşe").doesNotContain("{{");
                assertThat(mail.html())
                        .contains("<html lang=\"" + locale + "\">", "Ayşe", "<title>" + mail.subject() + "</title>")
                        .doesNotContain("{{");
            }
        }
    }

    @Test
    void saysThatAnAddressWasSignedUpMoreThanOnce() {
        var english = render("account.verification-repeated", "Ada", "en", sealed());
        assertThat(english.text()).contains("    123456\n", "signed up more than once");
        assertThat(english.html()).contains(">123456</p>", "signed up more than once");
        assertThat(render("account.verification-repeated", "Ada", "tr", sealed())
                        .text())
                .contains("birden fazla kez kayıt");
        assertThat(code("Ada", "en", sealed()).text()).doesNotContain("more than once");
    }

    @Test
    void knowsNoOtherKind() {
        assertThatIllegalArgumentException().isThrownBy(() -> render("no-such-kind", "Ada", "en", sealed()));
    }

    @Test
    void showsTheLinkThatFollowsTheCode() {
        String link = "https://shop.example/reset#token=abc_DEF-123";
        for (var locale : new String[] {"en", "tr"}) {
            var mail = render(
                    "account.password-reset-requested",
                    "Ada",
                    locale,
                    sealed(MailKind.PASSWORD_RESET_REQUESTED, "123456 " + link));

            assertThat(mail.text()).contains("    123456\n", "    " + link + "\n");
            assertThat(String.valueOf(mail.html()).replace("&#x3D;", "="))
                    .contains(">123456</p>", "<a href=\"" + link + "\"");
        }
    }

    @Test
    void showsNoLinkWhereThereIsNone() {
        var mail = render(
                "account.password-reset-requested", "Ada", "en", sealed(MailKind.PASSWORD_RESET_REQUESTED, "123456"));

        assertThat(mail.text()).contains("    123456\n").doesNotContain("link");
        assertThat(mail.html()).doesNotContain("<a ");
    }

    private String sealed() {
        return sealed(MailKind.VERIFICATION_REQUESTED, "123456");
    }

    private String sealed(MailKind kind, String secret) {
        return secrets.seal(secret, kind.purpose(registration));
    }

    private WrittenMail code(String firstName, String locale, String sealed) {
        return render("account.verification-requested", firstName, locale, sealed);
    }

    private WrittenMail render(String kind, String firstName, String locale, @Nullable String sealed) {
        var job = JobFixture.job(kind, EXPIRY, sealed);
        var payload = new MailPayload("ada@example.org", firstName, locale, null, DATA, registration);
        var mailRecipient = new MailRecipient(MailAddress.of("ada@example.org"), firstName, locale);
        return Objects.requireNonNull(
                renderer.render(job, payload, mailRecipient).block());
    }
}
