package dev.frontdesk.cache.namespaces;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.secrets.SealedSecrets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Encrypts the headers of origins, each for its own namespace only. */
@Component
class SettingsSecrets {

    private static final TypeReference<TreeMap<String, String>> HEADERS = new TypeReference<>() {};

    private final SealedSecrets secrets;
    private final JsonMapper json;

    /**
     * @param key FRONTDESK_CACHE_KEY: base64 of 32 random bytes, held by cache-service only
     * @param acceptedKey FRONTDESK_CACHE_ACCEPTEDKEY: the other one while it is changed; otherwise empty
     */
    SettingsSecrets(
            @Value("${frontdesk.cache.key}") String key,
            @Value("${frontdesk.cache.accepted-key:}") String acceptedKey,
            JsonMapper json) {
        this.secrets = SealedSecrets.with("FRONTDESK_CACHE_KEY", key, "FRONTDESK_CACHE_ACCEPTEDKEY", acceptedKey);
        this.json = json;
    }

    @Nullable String seal(Map<String, String> headers, TenantId tenant, String namespace) {
        return headers.isEmpty()
                ? null
                : secrets.seal(json.writeValueAsString(new TreeMap<>(headers)), purpose(tenant, namespace));
    }

    /** @throws IllegalArgumentException if they were encrypted with another key, or for another namespace */
    Map<String, String> open(@Nullable String sealed, TenantId tenant, String namespace) {
        return sealed == null ? Map.of() : json.readValue(secrets.open(sealed, purpose(tenant, namespace)), HEADERS);
    }

    /** The same encrypted with the current key; empty if it is. */
    Optional<String> resealed(@Nullable String sealed, TenantId tenant, String namespace) {
        return sealed == null ? Optional.empty() : secrets.resealed(sealed, purpose(tenant, namespace));
    }

    boolean acceptsAnotherKey() {
        return secrets.acceptsAnotherKey();
    }

    private static String purpose(TenantId tenant, String namespace) {
        return "cache-origin:" + tenant + ":" + namespace;
    }
}
