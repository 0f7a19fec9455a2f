package dev.frontdesk.registration.accounts;

import dev.frontdesk.kit.identity.AccountSignal;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.tracing.TraceLog;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Notifies all gateways that sessions of an account have ended, after the change is written and before the response.
 * The event alone is slower, because it passes through outbox, Kafka and session-service, so a request could overtake
 * it. While Redis is down only the event reports the change.
 */
@Component
public final class AccountSignals {

    private static final Logger log = LoggerFactory.getLogger(AccountSignals.class);

    private final ReactiveStringRedisTemplate redis;
    private final String channel;
    private final Duration timeout;

    AccountSignals(
            ReactiveStringRedisTemplate redis, KeySpace keys, @Value("${spring.data.redis.timeout}") Duration timeout) {
        this.redis = redis;
        this.channel = AccountSignal.channel(keys);
        this.timeout = timeout;
    }

    /**
     * @param changed the account after the change
     * @param kept the session that stays open, if any
     */
    public Mono<Void> outdated(Account changed, @Nullable UUID kept) {
        return publish(new AccountSignal(changed.id(), changed.credentialsVersion(), kept));
    }

    public Mono<Void> gone(UUID accountId) {
        return publish(AccountSignal.gone(accountId));
    }

    private Mono<Void> publish(AccountSignal signal) {
        return Mono.defer(() -> redis.convertAndSend(channel, signal.message()))
                .timeout(timeout)
                .then()
                .onErrorResume(away -> TraceLog.line(() ->
                        log.warn("Account change not announced over Redis, only over Kafka: {}", away.toString())));
    }
}
