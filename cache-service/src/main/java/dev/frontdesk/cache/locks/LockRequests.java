package dev.frontdesk.cache.locks;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.values.PlainText;
import dev.frontdesk.kit.web.FieldReader;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the bodies of requests about locks. */
@Component
class LockRequests {

    private static final PlainText HOLDER = PlainText.line(100);
    private static final String TOKEN = "token";

    private final LocksProperties properties;

    LockRequests(LocksProperties properties) {
        this.properties = properties;
    }

    /**
     * @param token chosen by the client, so that it can repeat the request after a lost answer; random when missing
     * @param ttlMs time to live
     * @param waitMs how long to wait while the lock is held; 0 when missing
     * @param holder text for people who look at the lock
     */
    record Acquire(
            @Nullable String token,
            @Nullable Long ttlMs,
            @Nullable Long waitMs,
            @Nullable String holder) {

        @Override
        public String toString() {
            return "Acquire[…]";
        }
    }

    record Renew(@Nullable String token, @Nullable Long ttlMs) {

        @Override
        public String toString() {
            return "Renew[…]";
        }
    }

    record Release(@Nullable String token) {

        @Override
        public String toString() {
            return "Release[…]";
        }
    }

    Acquisition read(TenantId tenant, LockName name, Acquire request) {
        var fields = new FieldReader();
        var token = fields.optional(TOKEN, request.token(), LockToken::read);
        var holder = fields.optional("holder", request.holder(), HOLDER::read);
        fields.range("wait_ms", request.waitMs(), 0, properties.maxWait().toMillis());
        Duration ttl = ttl(request.ttlMs(), fields);
        fields.check();
        return new Acquisition(
                tenant,
                name,
                token.orElseGet(LockToken::random),
                holder.orElse(""),
                ttl,
                Duration.ofMillis(request.waitMs() == null ? 0 : request.waitMs()));
    }

    /** A valid token, and for how long it extends its lock. */
    record Renewal(LockToken token, Duration ttl) {}

    Renewal read(Renew request) {
        var fields = new FieldReader();
        var token = fields.required(TOKEN, request.token(), LockToken::read);
        Duration ttl = ttl(request.ttlMs(), fields);
        fields.check();
        return new Renewal(token.orElseThrow(), ttl);
    }

    LockToken read(Release request) {
        var fields = new FieldReader();
        var token = fields.required(TOKEN, request.token(), LockToken::read);
        fields.check();
        return token.orElseThrow();
    }

    private Duration ttl(@Nullable Long ms, FieldReader fields) {
        fields.range(
                "ttl_ms",
                ms,
                properties.minTtl().toMillis(),
                properties.maxTtl().toMillis());
        return ms == null ? properties.defaultTtl() : Duration.ofMillis(ms);
    }
}
