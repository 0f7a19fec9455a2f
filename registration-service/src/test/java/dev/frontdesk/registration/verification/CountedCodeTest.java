package dev.frontdesk.registration.verification;

import static dev.frontdesk.registration.verification.CodeRequest.Kind.REGISTER;
import static dev.frontdesk.registration.verification.CodeRequest.Kind.RESEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.addresses.EmailAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CountedCodeTest {

    private static final Instant START = Instant.parse("2026-11-21T09:00:00Z");
    private static final VerificationProperties LIMITS = new VerificationProperties(
            Base64.getEncoder().encodeToString(new byte[32]),
            Duration.ofHours(24),
            Duration.ofMinutes(10),
            5,
            25,
            3,
            2,
            Duration.ofSeconds(60),
            Duration.ofSeconds(10));

    private List<CountedCode> codes = List.of();

    @Test
    void areReadAsTheyAreWritten() {
        ask(RESEND, 0);
        assertThat(CountedCode.parse(codes.getFirst().toString())).isEqualTo(codes.getFirst());
        assertThat(codes.getFirst().name())
                .isEqualTo("resend:" + codes.getFirst().id());
    }

    @Test
    void areThreeInAnyDay() {
        ask(REGISTER, 0);
        ask(REGISTER, 80_000);
        ask(REGISTER, 80_001);
        assertRefused(REGISTER, 86_399, "codes_per_day", 1);
        ask(REGISTER, 86_400);
        assertThat(codes).hasSize(3);
        assertRefused(REGISTER, 86_401, "codes_per_day", 79_999);
    }

    @Test
    void areResentAfterAPauseAndTwice() {
        ask(REGISTER, 0);
        assertRefused(RESEND, 59, "resend_wait", 1);
        ask(RESEND, 60);
        codes = codes.subList(1, 2);
        ask(RESEND, 120);
        assertRefused(RESEND, 180, "resends_per_day", 86_400 - 120);
        ask(REGISTER, 180);
    }

    private void ask(CodeRequest.Kind kind, long second) {
        codes = CountedCode.count(codes, request(kind, second), LIMITS);
    }

    private void assertRefused(CodeRequest.Kind kind, long second, String reason, int wait) {
        assertThatExceptionOfType(TooManyCodes.class)
                .isThrownBy(() -> ask(kind, second))
                .satisfies(refused -> assertThat(refused.getBody().getProperties())
                        .containsEntry("reason", reason)
                        .containsEntry("retry_after", (long) wait));
    }

    private static CodeRequest request(CodeRequest.Kind kind, long second) {
        return new CodeRequest(
                new TenantId("acme"),
                new EmailAddress("ada@example.com"),
                UUID.randomUUID(),
                kind,
                START.plusSeconds(second));
    }
}
