package dev.frontdesk.testsupport.architecture.wrong.blocking;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class Waits {

    static final Function<Mono<String>, @Nullable String> BY_REFERENCE = Mono::block;

    @Nullable String block(Mono<String> answer) {
        return answer.block(Duration.ofSeconds(1));
    }

    @Nullable String blockFirst(Flux<String> answers) {
        return answers.blockFirst();
    }

    Iterable<String> toIterable(Flux<String> answers) {
        return answers.toIterable();
    }

    Stream<String> toStream(Flux<String> answers) {
        return answers.toStream();
    }

    void threadSleep() throws InterruptedException {
        Thread.sleep(1);
    }

    void unitSleep() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(1);
    }
}
