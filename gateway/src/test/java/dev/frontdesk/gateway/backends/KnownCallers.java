package dev.frontdesk.gateway.backends;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.frontdesk.contracts.apikeys.ApiKeyLookup;
import dev.frontdesk.contracts.apikeys.ApiKeyRecord;
import dev.frontdesk.contracts.apikeys.ApiKeyText;
import dev.frontdesk.contracts.apikeys.ApiKeyUses;
import dev.frontdesk.contracts.introspection.IntrospectionRequest;
import dev.frontdesk.contracts.tenants.Quotas;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** API keys and sessions of several tenants, for a backend that answers a gateway's look-ups of both. */
public final class KnownCallers {

    private final JsonMapper json;
    private final Map<UUID, ApiKeyRecord> keys = new ConcurrentHashMap<>();

    /** The introspection of each token. */
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    public KnownCallers(JsonMapper json) {
        this.json = json;
    }

    /** An account with a session. */
    public record Person(String token, UUID account) {}

    public ApiKeyText key(String tenant, Quotas quotas, String... scopes) {
        var key = ApiKeyText.generate(UUID.randomUUID());
        know(new ApiKeyRecord(
                key.id(), tenant, "Shop", List.of(scopes), quotas, null, 1, false, key.secretHash(), null, null));
        return key;
    }

    public void know(ApiKeyRecord key) {
        keys.put(key.id(), key);
    }

    public void revoke(ApiKeyText key) {
        keys.remove(key.id());
    }

    public Person person(String tenant, String role) {
        var person = new Person(SessionBackend.newToken(), UUID.randomUUID());
        tokens.put(person.token(), """
                {"active":true,"tenant":"%s","sub":"%s","sid":"%s","roles":["%s"],"credentials_version":1,"exp":%d}""".formatted(
                        tenant,
                        person.account(),
                        UUID.randomUUID(),
                        role,
                        Instant.now().plusSeconds(3600).getEpochSecond()));
        return person;
    }

    /** Other requests are answered with 200. */
    public Mono<Answer> answer(ReceivedRequest seen) {
        return Mono.just(
                switch (seen.uri()) {
                    case IntrospectionRequest.PATH ->
                        Answer.json(200, tokens.getOrDefault(tokenIn(seen), "{\"active\":false}"));
                    case ApiKeyLookup.PATH -> Answer.json(200, json.writeValueAsString(resultOf(seen)));
                    case ApiKeyUses.PATH -> Answer.json(204, "");
                    default -> Answer.json(200, "{\"fine\":true}");
                });
    }

    private ApiKeyLookup.Result resultOf(ReceivedRequest seen) {
        var found = keys.get(json.readValue(seen.body(), ApiKeyLookup.class).id());
        return found == null ? ApiKeyLookup.Result.INACTIVE : ApiKeyLookup.Result.of(found);
    }

    private static String tokenIn(ReceivedRequest seen) {
        return new String(seen.body(), UTF_8).replaceAll("(?:.*&)?token=([^&]*).*", "$1");
    }
}
