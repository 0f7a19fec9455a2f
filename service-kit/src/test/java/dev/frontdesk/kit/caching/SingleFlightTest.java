package dev.frontdesk.kit.caching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class SingleFlightTest {

    private final List<Sinks.One<String>> begun = new ArrayList<>();
    private final SingleFlight<String, String> flights = new SingleFlight<>(_ -> {
        Sinks.One<String> one = Sinks.one();
        begun.add(one);
        return one.asMono();
    });

    @Test
    void thoseWhoAskAtTheSameTimeShareOne() {
        var first = flights.find("a").toFuture();
        var second = flights.find("a").toFuture();
        var other = flights.find("b").toFuture();

        begun.getFirst().tryEmitValue("one");

        assertThat(first).isCompletedWithValue("one");
        assertThat(second).isCompletedWithValue("one");
        assertThat(other).isNotDone();
        assertThat(begun).hasSize(2);
    }

    @Test
    void nothingIsKeptOnceItHasEnded() {
        var first = flights.find("a").toFuture();
        begun.getFirst().tryEmitEmpty();
        assertThat(first).isCompletedWithValue(null);

        var second = flights.find("a").toFuture();
        begun.getLast().tryEmitError(new IllegalStateException("down"));
        assertThat(second).isCompletedExceptionally();

        assertThat(begun).hasSize(2);
        assertThat(flights.size()).isZero();
    }

    @Test
    void itGoesOnWhenAllHaveLeft() {
        flights.find("a").subscribe().dispose();
        assertThat(flights.isUnderWay("a")).isTrue();

        var late = flights.find("a").toFuture();
        begun.getFirst().tryEmitValue("one");

        assertThat(late).isCompletedWithValue("one");
        assertThat(begun).hasSize(1);
    }

    @Test
    void whoAsksAfterAChangeBeginsAnotherOne() {
        var before = flights.find("a").toFuture();
        flights.outdate("a");
        var after = flights.find("a").toFuture();

        begun.getFirst().tryEmitValue("old");

        assertThat(before).isCompletedWithValue("old");
        assertThat(after).isNotDone();
        assertThat(flights.isUnderWay("a")).isTrue();
        begun.getLast().tryEmitValue("new");
        assertThat(after).isCompletedWithValue("new");
    }

    @Test
    void whoAsksAgainWithTheResultBeginsAnotherOne() {
        var twice = flights.find("a").flatMap(_ -> flights.find("a")).toFuture();

        begun.getFirst().tryEmitValue("old");
        assertThat(begun).hasSize(2);
        begun.getLast().tryEmitValue("new");

        assertThat(twice).isCompletedWithValue("new");
    }

    @Test
    void itBeginsOnlyWhenItIsSubscribedTo() {
        var find = flights.find("a");
        assertThat(begun).isEmpty();

        begun.clear();
        StepVerifier.create(find).then(() -> begun.getFirst().tryEmitValue("one")).expectNext("one").verifyComplete();
    }
}
