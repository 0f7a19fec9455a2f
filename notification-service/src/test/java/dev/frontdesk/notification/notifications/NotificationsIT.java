package dev.frontdesk.notification.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.notification.RunningService;
import dev.frontdesk.notification.templates.TitledText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@RunningService
class NotificationsIT {

    private static final TitledText TEXT = new TitledText("Title", "Body");

    @Autowired
    private Notifications notifications;

    private final Recipient ada = new Recipient(new TenantId("acme"), UUID.randomUUID());

    @Test
    void numbersWithoutAGapHoweverManyAreAddedAtOnce() {
        var added = of(
                Flux.range(0, 100).flatMap(_ -> add(ada, UUID.randomUUID()), 16).collectList());

        var numbers = LongStream.rangeClosed(1, 100).boxed().toList();
        assertThat(added).extracting(Notification::seq).containsExactlyInAnyOrderElementsOf(numbers);
        assertThat(of(notifications.after(ada, 0, 1000)))
                .extracting(Notification::seq)
                .isEqualTo(numbers);
        assertThat(of(notifications.last(ada))).isEqualTo(100);
    }

    @Test
    void addsAnEventOnceEvenWhenItComesManyTimesAtOnce() {
        var event = UUID.randomUUID();

        var added = of(Flux.range(0, 30).flatMap(_ -> add(ada, event), 16).collectList());

        assertThat(added.stream().distinct()).hasSize(1);
        assertThat(of(add(ada, UUID.randomUUID())).seq()).isEqualTo(2);
    }

    @Test
    void numbersEachAccountOfEachTenantByItself() {
        var namesake = new Recipient(new TenantId("other"), ada.accountId());

        of(add(ada, UUID.randomUUID()));
        assertThat(of(add(namesake, UUID.randomUUID())).seq()).isEqualTo(1);
        assertThat(of(add(ada, UUID.randomUUID())).seq()).isEqualTo(2);
        assertThat(of(notifications.after(namesake, 0, 10))).hasSize(1);
    }

    @Test
    void keepsWhatAnApplicationSaysBesides() {
        var data = Map.of("name", "Early bird", "icon", "https://shop.example/badge.png");

        var added = of(notifications.add(ada, UUID.randomUUID(), "new-badge", TEXT, data));

        assertThat(added.data()).isEqualTo(data);
        assertThat(of(notifications.after(ada, 0, 1))).containsExactly(added);
    }

    @Test
    void readsPagesInOrder() {
        of(Flux.range(0, 7).concatMap(_ -> add(ada, UUID.randomUUID())).then(Mono.just(true)));

        assertThat(seqs(ada, 2, 3)).containsExactly(3L, 4L, 5L);
        assertThat(seqs(ada, 5, 3)).containsExactly(6L, 7L);
        assertThat(seqs(ada, 7, 3)).isEmpty();
    }

    @Test
    void knowsNothingOfAStranger() {
        var stranger = new Recipient(new TenantId("acme"), UUID.randomUUID());

        assertThat(of(notifications.last(stranger))).isZero();
        assertThat(seqs(stranger, 0, 10)).isEmpty();
    }

    @Test
    void forgetsAnAccountThatIsGone() {
        var neighbour = new Recipient(ada.tenant(), UUID.randomUUID());
        of(add(ada, UUID.randomUUID()));
        of(add(neighbour, UUID.randomUUID()));

        of(notifications.forget(ada).thenReturn(true));

        assertThat(of(notifications.last(ada))).isZero();
        assertThat(seqs(ada, 0, 10)).isEmpty();
        assertThat(seqs(neighbour, 0, 10)).containsExactly(1L);
    }

    private List<Long> seqs(Recipient recipient, long after, int limit) {
        return of(notifications.after(recipient, after, limit)).stream()
                .map(Notification::seq)
                .toList();
    }

    private Mono<Notification> add(Recipient recipient, UUID event) {
        return notifications.add(recipient, event, NotificationKind.ACCOUNT_VERIFIED.key(), TEXT, Map.of());
    }

    private static <T> T of(Mono<T> work) {
        return work.blockOptional(Duration.ofSeconds(20)).orElseThrow();
    }
}
