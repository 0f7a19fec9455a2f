package dev.frontdesk.kit.apikeys;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.frontdesk.contracts.apikeys.ApiKeyRecord;
import dev.frontdesk.kit.redis.KeySpace;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The copy of an API key in Redis, a string that contains a JSON object. It is for a gateway that can't ask
 * registration-service. A revoked key has a copy that says so. Only registration-service writes copies.
 */
public final class ApiKeyCopy {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ApiKeyCopy() {}

    /** An id belongs to one tenant, and a gateway knows only the id; the copy names the tenant. */
    public static String key(KeySpace keys, UUID id) {
        return keys.shared("api-keys") + ":" + id;
    }

    public static String write(ApiKeyRecord key) {
        return JSON.writeValueAsString(key);
    }

    /** Empty for what this version can't read, or what is no copy of the key with this id. */
    public static Optional<ApiKeyRecord> read(UUID id, String copy) {
        try {
            return Optional.ofNullable(JSON.readValue(copy, ApiKeyRecord.class))
                    .filter(key -> id.equals(key.id()) && isComplete(key));
        } catch (JacksonException ofAnotherVersion) {
            return Optional.empty();
        }
    }

    /** The reader leaves fields null that the text does not have. */
    private static boolean isComplete(ApiKeyRecord key) {
        return Stream.of(key.tenant(), key.name(), key.scopes(), key.quotas(), key.secretHash())
                .allMatch(Objects::nonNull);
    }
}
