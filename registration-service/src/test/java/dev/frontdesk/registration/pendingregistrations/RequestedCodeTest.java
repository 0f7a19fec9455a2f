package dev.frontdesk.registration.pendingregistrations;

import static dev.frontdesk.registration.pendingregistrations.CodeRequest.Kind.REGISTER;
import static dev.frontdesk.registration.pendingregistrations.CodeRequest.Kind.RESEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.registration.codes.VerificationProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestedCodeTest {

    private static final Instant START = Instant.parse("2026-11-21T09:00:00Z");
    private static final VerificationProperties LIMITS = new VerificationProperties(
            Base64.getEncoder().encodeToString(new byte[32]),
            Duration.ofHours(24),
            Duration.ofMinutes(10),
            5,
            25,
            4,
            2,
            Duration.ofSeconds(60),
            3,
            Duration.ofSeconds(10));

    private List<RequestedCode> codes = List.of();

    @Test
    void areReadAsTheyAreWritten() {
        ask(RESEND, 0);
        assertThat(RequestedCode.parse(codes.getFirst().toString())).isEqualTo(codes.getFirst());
        assertThat(codes.getFirst().name())
                .isEqualTo("resend:" + codes.getFirst().id() + ":ada");
        assertThat(RequestedCode.parse(codes.getFirst().name(), START)).isEqualTo(codes.getFirst());
    }

    @Test
    void areFourOfAnAddressInAnyDayForAllClients() {
        ask(REGISTER, "a", 0);
        ask(REGISTER, "b", 80_000);
        ask(RESEND, "c", 80_001);
        ask(REGISTER, "d", 80_002);
        assertRefused(REGISTER, "e", 86_399, "codes_per_day", 1);
        ask(RESEND, "e", 86_400);
        assertThat(codes).hasSize(4);
        assertRefused(REGISTER, "f", 86_401, "codes_per_day", 79_999);
    }

    @Test
    void areAskedForAgainTwiceByOneClientAfterAPause() {
        ask(REGISTER, 0);
        assertRefused(RESEND, 59, "resend_wait", 1);
        ask(RESEND, 60);
        ask(REGISTER, 60);
        assertRefused(RESEND, 180, "codes_per_client", 86_400 - 120);
        assertRefused(REGISTER, 180, "codes_per_client", 86_400 - 120);
        ask(RESEND, "another", 180);
    }

    @Test
    void areCountedAlikeWhereThereWasNoSignUp() {
        ask(RESEND, 0);
        ask(RESEND, 60);
        assertRefused(RESEND, 120, "codes_per_client", 86_400 - 120);
        ask(REGISTER, 120);
        assertRefused(REGISTER, 121, "codes_per_client", 86_400 - 121);
    }

    @Test
    void keepAnotherClientsCodeFromMakingOneWait() {
        ask(REGISTER, 0);
        ask(RESEND, "another", 1);
        assertRefused(RESEND, 59, "resend_wait", 1);
        ask(RESEND, 60);
        assertRefused(RESEND, "another", 60, "resend_wait", 1);
    }

    @Test
    void leaveNoRoomForAnotherSignUpWhileThreeMayWork() {
        ask(REGISTER, "a", 0);
        ask(RESEND, "b", 1);
        ask(REGISTER, "c", 2);
        assertRefused(REGISTER, "d", 599, "sign_ups_at_once", 1);
        ask(REGISTER, "d", 600);
    }

    private void ask(CodeRequest.Kind kind, long second) {
        ask(kind, "ada", second);
    }

    private void ask(CodeRequest.Kind kind, String client, long second) {
        codes = RequestedCode.count(codes, request(kind, client, second), LIMITS);
    }

    private void assertRefused(CodeRequest.Kind kind, long second, String reason, int wait) {
        assertRefused(kind, "ada", second, reason, wait);
    }

    private void assertRefused(CodeRequest.Kind kind, String client, long second, String reason, int wait) {
        assertThatExceptionOfType(CodeLimitExceeded.class)
                .isThrownBy(() -> ask(kind, client, second))
                .satisfies(refused -> assertThat(refused.getBody().getProperties())
                        .containsEntry("reason", reason)
                        .containsEntry("retry_after", (long) wait));
    }

    private static CodeRequest request(CodeRequest.Kind kind, String client, long second) {
        return new CodeRequest(
                new TenantId("acme"),
                new EmailAddress("ada@example.com"),
                UUID.randomUUID(),
                kind,
                client,
                START.plusSeconds(second));
    }
}
