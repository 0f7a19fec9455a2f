package dev.frontdesk.kit.warmup;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.env.Environment;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * Sends each {@link WarmUpRequest} through the service's own port until all are answered in time. Spring Boot reports
 * readiness after its runners, so no probe sends real requests here before. A request that fails does not prevent the
 * start: the service may work without what failed.
 */
final class WarmUp implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);

    private final List<WarmUpRequest> requests;
    private final WarmUpProperties properties;
    private final WarmUpConnection connection;
    private final Environment environment;

    WarmUp(
            List<WarmUpRequest> requests,
            WarmUpProperties properties,
            WarmUpConnection connection,
            Environment environment) {
        this.requests = requests;
        this.properties = properties;
        this.connection = connection;
        this.environment = environment;
    }

    @Override
    public void run(ApplicationArguments arguments) throws InterruptedException {
        Integer port = environment.getProperty("local.server.port", Integer.class);
        if (port == null || properties.rounds() == 0 || requests.isEmpty()) {
            return;
        }
        long start = System.nanoTime();
        CompletableFuture<Long> sent = sendAll(connection.configure(
                        HttpClient.newConnection().host("127.0.0.1").port(port)))
                .toFuture();
        try {
            long rounds = sent.get(properties.within().toMillis(), TimeUnit.MILLISECONDS);
            log.info(
                    "Warmed up with {} rounds of {} requests in {} ms",
                    rounds,
                    requests.size(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        } catch (TimeoutException slow) {
            sent.cancel(true);
            log.warn("Not warmed up within {}: the first requests will be slow", properties.within());
        } catch (ExecutionException failed) {
            log.warn("Not warmed up: the first requests will be slow", failed.getCause());
        }
    }

    /** @return number of rounds */
    private Mono<Long> sendAll(HttpClient client) {
        return round(client)
                .repeat()
                .index((index, inTime) -> inTime && index + 1 >= properties.rounds())
                .takeUntil(warm -> warm)
                .count();
    }

    /** @return whether each request was answered in time */
    private Mono<Boolean> round(HttpClient client) {
        return Flux.fromIterable(requests)
                .concatMap(request -> send(client, request))
                .reduce(true, Boolean::logicalAnd);
    }

    private Mono<Boolean> send(HttpClient client, WarmUpRequest request) {
        return answer(client, request)
                .thenReturn(true)
                .elapsed()
                .map(answered -> answered.getT1() <= properties.answeredWithin().toMillis());
    }

    private Mono<Integer> answer(HttpClient client, WarmUpRequest request) {
        return client.headers(headers -> request.headers().get().forEach(headers::set))
                .responseTimeout(properties.within())
                .request(HttpMethod.valueOf(request.method()))
                .uri(request.path())
                .send(Mono.fromSupplier(() -> Unpooled.copiedBuffer(request.body(), StandardCharsets.UTF_8)))
                .responseSingle((response, body) ->
                        body.then(Mono.just(response.status().code())))
                .doOnNext(status -> log.debug("{} answered {}", request, status))
                .onErrorResume(failed -> {
                    log.debug("{} failed: {}", request, failed.toString());
                    return Mono.empty();
                });
    }
}
