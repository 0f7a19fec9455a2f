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
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@RunningService
class RecipientLimitIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int LIMIT = 90;
    private static final int RESERVED = 50;

    @Autowired
    private RecipientLimit limit;

    @Autowired
    private AddressLimitCleanup cleanup;

    @Autowired
    private JobRows database;

    private final MailAddress address = MailAddress.of(EventSimulator.anyEmail());

    @Test
    void sendsAsManyAsTheLimit() {
        var taken = Flux.range(0, LIMIT + 20)
                .flatMap(
                        _ -> limit.take(address, true)
                                .thenReturn(1)
                                .onErrorResume(RetryableFailure.class, _ -> Mono.just(0)),
                        20)
                .reduce(0, Integer::sum)
                .block(SOON);
        assertThat(taken).isEqualTo(LIMIT);

        isRefused(MailAddress.of(address.toString().toUpperCase(Locale.ROOT)));
        verifyEnded(limit.take(MailAddress.of(EventSimulator.anyEmail()), false))
                .verifyComplete();
    }

    @Test
    void hasAPlaceAgainForOneThatWasNotSentAndWhenTheWindowIsOver() {
        Flux.range(0, LIMIT).concatMap(_ -> limit.take(address, true)).blockLast(SOON);
        isRefused(address);

        limit.giveBack(address).block(SOON);
        isTaken();
        isRefused(address);

        var over = "UPDATE notification.mailed_addresses SET window_end = now() WHERE address_hash = ? RETURNING mails";
        assertThat(database.value(over, Sha256.hex(address.toString()))).isEqualTo(String.valueOf(LIMIT));
        isTaken();
    }

    @Test
    void isForgottenWhenTheWindowIsOver() {
        isTaken();
        var over = "UPDATE notification.mailed_addresses SET window_end = now() WHERE address_hash = ? RETURNING mails";
        database.value(over, Sha256.hex(address.toString()));

        cleanup.run().block(SOON);

        var left = "SELECT count(*) FROM notification.mailed_addresses WHERE address_hash = ?";
        assertThat(database.value(left, Sha256.hex(address.toString()))).isEqualTo("0");
    }

    @Test
    void keepsPlacesForCodesWhateverElseIsSent() {
        Flux.range(0, LIMIT - RESERVED)
                .concatMap(_ -> limit.take(address, false))
                .blockLast(SOON);

        verifyEnded(limit.take(address, false)).verifyError(RetryableFailure.class);
        Flux.range(0, RESERVED).concatMap(_ -> limit.take(address, true)).blockLast(SOON);
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

    private void isTaken() {
        verifyEnded(limit.take(address, true)).verifyComplete();
    }

    private void isRefused(MailAddress who) {
        verifyEnded(limit.take(who, true)).verifyError(RetryableFailure.class);
    }
}
