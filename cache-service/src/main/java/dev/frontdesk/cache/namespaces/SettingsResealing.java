package dev.frontdesk.cache.namespaces;

import dev.frontdesk.cache.namespaces.StoredSettings.StoredOrigin;
import dev.frontdesk.contracts.identity.TenantId;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Encrypts the headers of origins again while FRONTDESK_CACHE_KEY is changed. */
@Component
class SettingsResealing {

    private static final Logger log = LoggerFactory.getLogger(SettingsResealing.class);

    private final StoredNamespaces stored;
    private final SettingsParser parser;
    private final SettingsSecrets secrets;

    SettingsResealing(StoredNamespaces stored, SettingsParser parser, SettingsSecrets secrets) {
        this.stored = stored;
        this.parser = parser;
        this.secrets = secrets;
    }

    /**
     * Does nothing unless a key is being changed. What fails is done at the next read.
     *
     * @param texts the settings of all namespaces of the tenant
     */
    Mono<Void> reseal(TenantId tenant, Map<String, String> texts) {
        if (!secrets.acceptsAnotherKey()) {
            return Mono.empty();
        }
        return Flux.fromIterable(texts.entrySet())
                .concatMap(one -> reseal(tenant, one.getKey(), one.getValue()))
                .then()
                .onErrorResume(error -> {
                    log.warn("Cache settings of {} were not encrypted again yet: {}", tenant, error.toString());
                    return Mono.empty();
                });
    }

    private Mono<?> reseal(TenantId tenant, String namespace, String text) {
        StoredSettings settings = parser.read(text);
        StoredOrigin origin = settings.origin();
        if (origin == null) {
            return Mono.empty();
        }
        return Mono.justOrEmpty(secrets.resealed(origin.sealedHeaders(), tenant, namespace))
                .flatMap(sealed -> stored.put(
                        tenant, namespace, text, parser.write(settings.with(origin.with(sealed)))));
    }
}
