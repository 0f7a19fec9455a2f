package dev.frontdesk.contracts.apikeys;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /internal/api-keys/resolve} at registration-service; the response is a {@link Result}. The gateway
 * asks by id and compares the secret itself: one response then serves every secret that is tried with the id, and the
 * secret does not leave the gateway.
 */
public record ApiKeyLookup(UUID id) {

    public static final String PATH = "/internal/api-keys/resolve";

    /** @param key null if there is no such key, or it is revoked; an expired one is returned */
    public record Result(boolean active, @Nullable ApiKeyRecord key) {

        public static final Result INACTIVE = new Result(false, null);

        public static Result of(ApiKeyRecord key) {
            return new Result(true, key);
        }
    }
}
