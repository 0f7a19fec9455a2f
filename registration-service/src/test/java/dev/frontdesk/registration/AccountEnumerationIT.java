package dev.frontdesk.registration;

import static dev.frontdesk.registration.Visitor.PASSWORD;
import static dev.frontdesk.registration.Visitor.anyEmail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.testsupport.clock.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Clients can't find out whether an address is known: not from the status, the fields or the time. Times of both kinds
 * are measured in random order. They are compared by the probability that a time of a known address is longer than one
 * of an unknown address (Mann and Whitney's U, as a share), which is one half if nothing can be learned.
 */
@RunningService
@TestInstance(Lifecycle.PER_CLASS)
class AccountEnumerationIT {

    private static final int EACH = 70;
    private static final int WARM_UP = 10;

    /** More than four standard deviations of the share of 70 and 70 equal times, which is sqrt((70+70+1)/(12*70*70)). */
    private static final double TOLERANCE = 0.2;

    /** So few that none of them requests a sixth code within a day. */
    private static final int ADDRESSES = (EACH + WARM_UP) / 5;

    @Autowired
    private Visitor visitor;

    @Autowired
    private Mailbox mailbox;

    @Autowired
    private MutableClock clock;

    private final Random random = new Random(7);
    private final String owned = anyEmail();

    @BeforeAll
    void getToKnow() {
        visitor.registers(owned);
        visitor.verify(owned, mailbox.code(owned)).expectStatus().isCreated();
    }

    @Test
    void takesToRegisterAnAddressThatHasAnAccount() {
        assertAlike(List.of(owned), Duration.ofDays(1), visitor::registering);
    }

    /**
     * In addition to the pending sign-ups of the address; of the three allowed ones, those with an expired code are
     * removed.
     */
    @Test
    void takesToRegisterAnAddressThatWaitsForACode() {
        var waiting = Stream.generate(Visitor::anyEmail).limit(ADDRESSES).toList();
        waiting.forEach(visitor::registers);
        assertAlike(waiting, Duration.ofSeconds(61), visitor::registering);
    }

    @Test
    void takesToSendAnotherCodeToAnAddressThatHasAnAccount() {
        assertAlike(List.of(owned), Duration.ofDays(1), visitor::resending);
    }

    @Test
    void takesToSendAnotherCodeToAnAddressThatWaitsForOne() {
        var waiting = Stream.generate(Visitor::anyEmail).limit(ADDRESSES).toList();
        waiting.forEach(visitor::registers);
        assertAlike(waiting, Duration.ofSeconds(61), visitor::resending);
    }

    @Test
    void takesToLogInWithAWrongPassword() {
        assertAlike(List.of(owned), Duration.ZERO, email -> visitor.loggingIn(email, "not " + PASSWORD));
    }

    @Test
    void takesToSendAWayBackIntoAnAccount() {
        assertAlike(List.of(owned), Duration.ofDays(1), visitor::forgetting);
    }

    /** @param apart time between two requests, so that no address requests too often */
    private void assertAlike(List<String> known, Duration apart, Function<String, Mono<Visitor.Answer>> request) {
        IntFunction<String> inTurn = i -> known.get(i % known.size());
        for (int i = 0; i < WARM_UP; i++) {
            ask(apart, request, inTurn.apply(i));
            ask(apart, request, anyEmail());
        }
        var ofKnown = new ArrayList<Timed>();
        var ofUnknown = new ArrayList<Timed>();
        var order = new ArrayList<>(Collections.nCopies(EACH, true));
        order.addAll(Collections.nCopies(EACH, false));
        Collections.shuffle(order, random);
        for (boolean isKnown : order) {
            if (isKnown) {
                ofKnown.add(ask(apart, request, inTurn.apply(WARM_UP + ofKnown.size())));
            } else {
                ofUnknown.add(ask(apart, request, anyEmail()));
            }
        }

        assertThat(Stream.of(ofKnown, ofUnknown)
                        .flatMap(Collection::stream)
                        .map(Timed::looks)
                        .distinct())
                .hasSize(1);
        assertThat(shareOfLonger(ofKnown, ofUnknown)).isBetween(0.5 - TOLERANCE, 0.5 + TOLERANCE);
    }

    /** @param looks status and names of the fields */
    private record Timed(String looks, long nanos) {}

    private Timed ask(Duration apart, Function<String, Mono<Visitor.Answer>> request, String email) {
        clock.advance(apart);
        long start = System.nanoTime();
        var answer = request.apply(email).blockOptional().orElseThrow();
        long nanos = System.nanoTime() - start;
        var fields = new JsonMapper().readTree(answer.body()).propertyNames();
        return new Timed(answer.status() + " " + fields, nanos);
    }

    private static double shareOfLonger(List<Timed> ofKnown, List<Timed> ofUnknown) {
        double longer = 0;
        for (Timed known : ofKnown) {
            for (Timed unknown : ofUnknown) {
                longer += (Long.signum(known.nanos() - unknown.nanos()) + 1) / 2.0;
            }
        }
        return longer / (ofKnown.size() * ofUnknown.size());
    }
}
