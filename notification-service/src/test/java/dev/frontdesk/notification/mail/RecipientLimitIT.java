package dev.frontdesk.notification.mail;

import static dev.frontdesk.testsupport.reactive.EndedPublisher.verifyEnded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.kit.values.Sha256;
import dev.frontdesk.notification.EventSimulator;
import dev.frontdesk.notification.JobRows;
import dev.frontdesk.notification.RunningService;
import dev.frontdesk.notification.emailtemplates.MailKind;
import dev.frontdesk.notification.jobs.RetryableFailure;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@RunningService
class RecipientLimitIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int LIMIT = 90;
    private static final int RESERVED = 50;
    private static final long FENCE = 3;

    @Autowired
    private RecipientLimit limit;

    @Autowired
    private AddressLimitCleanup cleanup;

    @Autowired
    private JobRows database;

    @Autowired
    private DatabaseClient client;

    private final MailAddress address = MailAddress.of(EventSimulator.anyEmail());
    private UUID job;

    @BeforeEach
    void claim() {
        job = UUID.fromString(database.value(
                "INSERT INTO notification.jobs (tenant, queue, kind, priority, payload, max_attempts, state, fence,"
                        + " lease_until, worker, claimed_ahead)"
                        + " VALUES ('acme', ?, 'any', 10, '{}', 5, 'active', " + FENCE
                        + ", now() + interval '1 hour', 'test', true) RETURNING id",
                "test-" + UUID.randomUUID()));
    }

    @Test
    void sendsAsManyAsTheLimit() {
        var taken = Flux.range(0, LIMIT + 20)
                .flatMap(
                        _ -> begin(address, true)
                                .thenReturn(1)
                                .onErrorResume(RetryableFailure.class, _ -> Mono.just(0)),
                        20)
                .reduce(0, Integer::sum)
                .block(SOON);
        assertThat(taken).isEqualTo(LIMIT);

        isRefused(MailAddress.of(address.toString().toUpperCase(Locale.ROOT)));
        verifyEnded(begin(MailAddress.of(EventSimulator.anyEmail()), false)).verifyComplete();
    }

    @Test
    void hasAPlaceAgainForOneThatWasNotSentAndWhenTheWindowIsOver() {
        Flux.range(0, LIMIT).concatMap(_ -> begin(address, true)).blockLast(SOON);
        isRefused(address);

        limit.giveBack(address).block(SOON);
        isTaken();
        isRefused(address);

        var over = "UPDATE notification.mailed_addresses SET window_end = now() WHERE address_hash = ? RETURNING mails";
        assertThat(database.value(over, Sha256.hex(address.toString()))).isEqualTo(String.valueOf(LIMIT));
        isTaken();
    }

    @Test
    void aMailIsBegunWithItsPlace() {
        Flux.range(0, LIMIT).concatMap(_ -> begin(address, true)).blockLast(SOON);
        claim();
        isRefused(address);
        assertThat(isBegun()).isFalse();

        verifyEnded(begin(MailAddress.of(EventSimulator.anyEmail()), true)).verifyComplete();
        assertThat(isBegun()).isTrue();
    }

    @Test
    void aMailThatAnotherWorkerHasClaimedIsNotBegunAndTakesNoPlace() {
        verifyEnded(limit.begin(job, FENCE - 1, address, true)).verifyErrorMessage("the claim of this mail was lost");

        assertThat(isBegun()).isFalse();
        assertThat(places()).isEqualTo("0");
        var waits = client.sql("SELECT wait FROM begin_mails(ARRAY[:job, :job, gen_random_uuid(), :job],"
                        + " ARRAY[2, 3, 3, 2]::bigint[], ARRAY['lost', :hash, 'none', 'lost'], ARRAY[1, 1, 1, 1],"
                        + " interval '1 hour') ORDER BY number")
                .bind("job", job)
                .bind("hash", Sha256.hex(address.toString()))
                .map(row -> row.get("wait", Long.class))
                .all()
                .collectList()
                .block(SOON);
        assertThat(waits).containsExactly(-1L, 0L, -1L, -1L);
        assertThat(places()).isEqualTo("1");
    }

    @Test
    void isForgottenWhenTheWindowIsOver() {
        isTaken();
        var over = "UPDATE notification.mailed_addresses SET window_end = now() WHERE address_hash = ? RETURNING mails";
        database.value(over, Sha256.hex(address.toString()));

        cleanup.run().block(SOON);

        assertThat(places()).isEqualTo("0");
    }

    @Test
    void keepsPlacesForCodesWhateverElseIsSent() {
        Flux.range(0, LIMIT - RESERVED).concatMap(_ -> begin(address, false)).blockLast(SOON);

        verifyEnded(begin(address, false)).verifyError(RetryableFailure.class);
        Flux.range(0, RESERVED).concatMap(_ -> begin(address, true)).blockLast(SOON);
        isRefused(address);
    }

    @Test
    void codesOfOursAreAwaitedAndNothingThatAnApplicationSends() {
        assertThat(Arrays.stream(MailKind.values()).filter(kind -> MailKind.isAwaited(kind.key())))
                .containsExactlyInAnyOrder(
                        MailKind.VERIFICATION_REQUESTED,
                        MailKind.VERIFICATION_REPEATED,
                        MailKind.PASSWORD_RESET_REQUESTED,
                        MailKind.ADDRESS_CHANGE_REQUESTED);
        assertThat(MailKind.isAwaited("order-sent")).isFalse();
    }

    private Mono<Void> begin(MailAddress to, boolean awaited) {
        return limit.begin(job, FENCE, to, awaited);
    }

    private boolean isBegun() {
        return "f"
                .equals(database.value(
                        "SELECT claimed_ahead FROM notification.jobs WHERE id = CAST(? AS uuid)", job.toString()));
    }

    private String places() {
        return String.valueOf(database.value(
                "SELECT coalesce(sum(mails), 0) FROM notification.mailed_addresses WHERE address_hash = ?",
                Sha256.hex(address.toString())));
    }

    private void isTaken() {
        verifyEnded(begin(address, true)).verifyComplete();
    }

    private void isRefused(MailAddress who) {
        verifyEnded(begin(who, true)).verifyError(RetryableFailure.class);
    }
}
