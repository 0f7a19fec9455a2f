package dev.frontdesk.loadtests.load;

import dev.frontdesk.loadtests.figures.Tally;
import dev.frontdesk.loadtests.http.Answer;
import java.time.Duration;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sends requests and counts their responses. */
public final class Load {

    private Load() {}

    /** One request and its expected response. */
    public record Ask(String what, int status, Supplier<Mono<Answer>> request) {

        /** Counts the response; never an error. */
        public Mono<Boolean> into(Tally tally) {
            return Mono.defer(() -> {
                long start = System.nanoTime();
                return request.get()
                        .map(answer -> {
                            if (answer.status() != status) {
                                tally.failed(what + ": " + answer.status());
                                return false;
                            }
                            tally.answered(Duration.ofNanos(System.nanoTime() - start));
                            return true;
                        })
                        .onErrorResume(failed -> {
                            tally.failed(what + ": " + failed);
                            return Mono.just(false);
                        });
            });
        }
    }

    /** This many clients, each of which sends the next request after a response. */
    public static Mono<Double> closed(int clients, Duration time, Tally tally, Supplier<Ask> next) {
        return Mono.defer(() -> {
            long start = System.nanoTime();
            return Flux.range(0, clients)
                    .flatMap(
                            _ -> Mono.defer(() -> next.get().into(tally))
                                    .repeat(() -> System.nanoTime() - start < time.toNanos()),
                            clients)
                    .filter(right -> right)
                    .count()
                    .map(right -> right / ((System.nanoTime() - start) / 1e9));
        });
    }

    /** One request after the other at this rate, until cancelled. */
    public static Flux<Boolean> steady(Duration pace, Tally tally, Supplier<Ask> next) {
        return Flux.interval(pace).onBackpressureDrop().flatMap(_ -> next.get().into(tally), 64);
    }
}
