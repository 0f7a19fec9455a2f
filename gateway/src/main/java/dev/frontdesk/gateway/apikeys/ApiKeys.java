package dev.frontdesk.gateway.apikeys;

import dev.frontdesk.contracts.apikeys.ApiKeyText;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.kit.identity.Caller;
import java.time.Clock;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** The API keys that callers show. */
public final class ApiKeys {

    private final CachedApiKeys keys;
    private final ApiKeyUseReports uses;
    private final Clock clock;

    ApiKeys(CachedApiKeys keys, ApiKeyUseReports uses, Clock clock) {
        this.keys = keys;
        this.uses = uses;
        this.clock = clock;
    }

    /**
     * @param beforeLookUp called if registration-service has to be asked; may throw to prevent that
     * @return empty for a key that is unknown, wrong, expired or revoked
     * @throws dev.frontdesk.kit.web.ProblemException 503 (as a signal) when nothing can say whether it is valid
     */
    public Mono<Caller.ApiKey> find(ApiKeyText shown, Runnable beforeLookUp) {
        return accepted(shown, beforeLookUp).doOnNext(this::used).map(KnownApiKey::caller);
    }

    /**
     * The same for a key that an application was shown. Only a key of this tenant counts as used.
     *
     * @return empty also for a key of another tenant
     */
    public Mono<ActiveApiKey> introspect(ApiKeyText shown, TenantId tenant) {
        return accepted(shown, () -> {})
                .filter(key -> key.caller().tenant().equals(tenant))
                .doOnNext(this::used)
                .map(key -> new ActiveApiKey(key.caller(), key.record().endOf(shown)));
    }

    private Mono<KnownApiKey> accepted(ApiKeyText shown, Runnable beforeLookUp) {
        return keys.find(shown.id(), beforeLookUp)
                .filter(key -> isAccepted(key, shown))
                // Its secret may have been rotated a moment ago, which is no reason to refuse the new one.
                .switchIfEmpty(Mono.defer(() -> keys.findAgain(shown.id(), beforeLookUp))
                        .filter(key -> isAccepted(key, shown)));
    }

    private void used(KnownApiKey key) {
        uses.add(key.record().id(), clock.instant());
    }

    private boolean isAccepted(KnownApiKey key, ApiKeyText shown) {
        return key.record().accepts(shown, clock.instant());
    }

    /** The quotas of a key that was found for this request. */
    public Quotas quotasOf(UUID id) {
        return keys.known(id).map(key -> key.record().quotas()).orElse(Quotas.NONE);
    }

    /**
     * The quotas of a key, which need not be in the cache.
     *
     * @return empty if the tenant has no such key, or has revoked it
     * @throws dev.frontdesk.kit.web.ProblemException 503 (as a signal) when nothing can say whether it exists
     */
    public Mono<Quotas> quotasOf(TenantId tenant, UUID id) {
        return keys.find(id, () -> {})
                .filter(key ->
                        key.caller().tenant().equals(tenant) && !key.record().revoked())
                .map(key -> key.record().quotas());
    }
}
