package dev.frontdesk.notification.mail;

import static dev.frontdesk.notification.EventSimulator.anyCode;
import static dev.frontdesk.notification.EventSimulator.anyEmail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.events.AccountEvent.VerificationRequested;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.secrets.SealedSecrets;
import dev.frontdesk.notification.JobRows;
import dev.frontdesk.notification.RunningService;
import dev.frontdesk.notification.jobs.JobSignals;
import dev.frontdesk.notification.jobs.Jobs;
import dev.frontdesk.notification.jobs.NewJob;
import dev.frontdesk.testsupport.logs.LogCapture;
import dev.frontdesk.testsupport.servers.Smtp;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/** Codes wait only for their own tenant's flood of codes. */
@RunningService
class CodesIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int RATE_OF_OTHER_MAILS = 100;

    @RegisterExtension
    final LogCapture logs = new LogCapture();

    @Autowired
    private Mails mails;

    @Autowired
    private Jobs jobs;

    @Autowired
    private JobSignals signals;

    @Autowired
    private JobRows rows;

    @Autowired
    private SealedSecrets secrets;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private Smtp smtp;

    private final TenantId tenant = anyTenant();
    private final String email = anyEmail();

    @AfterEach
    void empty() {
        rows.value("DELETE FROM notification.jobs WHERE tenant = ? RETURNING 1", tenant.value());
    }

    @Test
    void areSentWhileTheRateOfTheTenantsOtherMailsIsUsedUp() {
        mayHaveAnHour("email", RATE_OF_OTHER_MAILS);
        jobs.addAll(IntStream.range(0, RATE_OF_OTHER_MAILS + 20)
                        .mapToObj(_ -> other())
                        .toList())
                .block(SOON);
        await().atMost(SOON).until(() -> count("completed") == RATE_OF_OTHER_MAILS);

        sendCode(tenant, email);

        arrives(email);
        assertThat(count("waiting")).isEqualTo(20);
    }

    @Test
    void useUpNothingOfTheRateOfOtherMails() {
        mayHaveAnHour("email", 1);
        for (int i = 0; i < 5; i++) {
            sendCode(tenant, anyEmail());
        }
        await().atMost(SOON).until(() -> count("completed") == 5);

        var other = anyEmail();
        jobs.add(other(other)).block(SOON);

        arrives(other);
    }

    @Test
    void beyondTheRateLimitAreDelayedAndLogged() {
        double before = holds();
        mayHaveAnHour("email-codes", 3);
        for (int i = 0; i < 5; i++) {
            sendCode(tenant, anyEmail());
        }

        await().atMost(SOON).until(() -> held() == 2 && count("completed") == 3);
        assertThat(count("waiting")).isEqualTo(2);
        assertThat(holds()).isGreaterThan(before);
        assertThat(warnings())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("limit of 3 codes", "2 are delayed")
                        .doesNotContain("@"));

        mayHaveAnHour("email-codes", 100);
        signals.tell("email-codes");
        await().atMost(SOON).until(() -> count("completed") == 5 && held() == 0);
        assertThat(warnings()).hasSize(1);
    }

    @Test
    void ofOneTenantHoldNoOthersBack() {
        mayHaveAnHour("email-codes", 3);
        for (int i = 0; i < 50; i++) {
            sendCode(tenant, anyEmail());
        }
        await().atMost(SOON).until(() -> count("completed") == 3);

        sendCode(anyTenant(), email);

        arrives(email);
        assertThat(count("waiting")).isEqualTo(47);
    }

    @Test
    void areOneForAnEventThatComesTwice() {
        var id = UUID.randomUUID();
        var event = code(tenant, email);

        mails.sendCode(id, event).block(SOON);
        mails.sendCode(id, event).block(SOON);

        assertThat(rows.to(email)).hasSize(1);
        assertThat(queueOf(email)).isEqualTo("email-codes");
    }

    @Test
    void areNotSentWhenTheyWorkNoLonger() {
        var over = new VerificationRequested(
                tenant.value(),
                UUID.randomUUID(),
                email,
                "Ada",
                "en",
                "sealed",
                Instant.now().minusSeconds(1),
                false);
        mails.sendCode(UUID.randomUUID(), over).block(SOON);

        await().atMost(SOON).until(() -> count("failed") == 1);
        assertThat(rows.to(email).getFirst().failure()).isEqualTo("expired");
        assertThat(smtp.messages(email)).isEmpty();
    }

    private static TenantId anyTenant() {
        return new TenantId("t" + UUID.randomUUID());
    }

    private void sendCode(TenantId whose, String to) {
        mails.sendCode(UUID.randomUUID(), code(whose, to)).block(SOON);
    }

    private VerificationRequested code(TenantId whose, String to) {
        var registration = UUID.randomUUID();
        var sealed = secrets.seal(anyCode(), "verification-code:" + registration);
        return new VerificationRequested(
                whose.value(),
                registration,
                to,
                "Ada",
                "en",
                sealed,
                Instant.now().plus(Duration.ofMinutes(10)),
                false);
    }

    private NewJob other() {
        return other(anyEmail());
    }

    private NewJob other(String to) {
        return NewJob.of(
                tenant,
                "email",
                "account.password-changed",
                "{\"to\":\"" + to + "\",\"first_name\":\"Ada\",\"locale\":\"en\"}");
    }

    private void mayHaveAnHour(String queue, int limit) {
        rows.value(
                "INSERT INTO notification.queues (tenant, name, rate_limit, rate_window_ms) VALUES (?, '" + queue
                        + "', "
                        + limit + ", 3600000) ON CONFLICT (tenant, name) DO UPDATE SET rate_limit = " + limit
                        + " RETURNING 1",
                tenant.value());
    }

    private void arrives(String to) {
        await().atMost(SOON).until(() -> smtp.messages(to).size() == 1);
    }

    private long count(String state) {
        return Long.parseLong(String.valueOf(rows.value(
                "SELECT count(*) FROM notification.jobs WHERE tenant = ? AND state = '" + state + "'",
                tenant.value())));
    }

    private String queueOf(String to) {
        return String.valueOf(rows.value("SELECT queue FROM notification.jobs WHERE payload->>'to' = ?", to));
    }

    private double held() {
        return meters.get("frontdesk.notification.codes.held").gauge().value();
    }

    private double holds() {
        return meters.get("frontdesk.notification.codes.holds").counter().count();
    }

    private List<String> warnings() {
        return logs.lines().stream()
                .filter(line ->
                        line.startsWith("WARN") && line.contains("Tenant " + tenant.value() + " has reached its limit"))
                .toList();
    }
}
