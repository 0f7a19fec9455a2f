package dev.frontdesk.cache.entries;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One client that reads and writes a namespace of its own, and knows which values each entry can have: the one that was acknowledged
 * last, and those of later requests that got 503.
 */
final class MigrationClient {

    private final CacheApi.Calls api;
    private final String namespace;
    private final List<String> keys;
    private final Random random;
    private final Map<String, Set<Optional<String>>> possible = new HashMap<>();

    /** How many requests got 503. */
    private long refused;

    MigrationClient(CacheApi.Calls api, String namespace, List<String> keys, long seed) {
        this.api = api;
        this.namespace = namespace;
        this.keys = keys;
        this.random = new Random(seed);
        keys.forEach(key -> possible.put(key, Set.of(Optional.empty())));
    }

    private record Answer(int status, String body) {

        static Answer of(WebTestClient.ResponseSpec response) {
            var result = response.expectBody(String.class).returnResult();
            String body = result.getResponseBody();
            return new Answer(result.getStatus().value(), body == null ? "" : body);
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    long refused() {
        return refused;
    }

    void operate() {
        int kind = random.nextInt(100);
        if (kind < 25) {
            put(any());
        } else if (kind < 55) {
            get(any());
        } else if (kind < 65) {
            putSeveral(some());
        } else if (kind < 80) {
            getSeveral(some());
        } else if (kind < 88) {
            delete(any());
        } else if (kind < 92) {
            invalidate();
        } else if (kind < 96) {
            deletePattern();
        } else {
            putForASecond(any());
        }
    }

    /** When no slot moves any more. */
    void checkAll() {
        long before = refused;
        keys.forEach(this::get);
        assertThat(refused).isEqualTo(before);
    }

    private void put(String key) {
        String value = "v" + random.nextInt();
        var answer = answer(api.put(path(key), value), 201, 204);
        written(answer, Map.of(key, Optional.of(value)));
    }

    private void delete(String key) {
        var answer = answer(api.delete(path(key)), 204, 404);
        if (answer.status() == 404) {
            check(key, Optional.empty());
        }
        written(answer, Map.of(key, Optional.empty()));
    }

    /** The sweep has something to do. */
    private void putForASecond(String key) {
        answer(api.send(HttpMethod.PUT, namespace + "-short/" + encoded(key) + "?ttl_seconds=1").bodyValue("x").exchange(), 201, 204);
    }

    private void putSeveral(List<String> some) {
        var values = new HashMap<String, Optional<String>>();
        some.forEach(key -> values.put(key, Optional.of("v" + random.nextInt())));
        String entries = values.entrySet().stream()
                .map(it -> "{\"key\":\"%s\",\"text\":\"%s\"}".formatted(it.getKey(), it.getValue().orElseThrow()))
                .collect(joining(","));
        written(answer(api.post(namespace + "/mset", "{\"entries\":[" + entries + "]}"), 200), values);
    }

    private void invalidate() {
        written(answer(api.post(namespace + "/invalidate", "{}"), 204), none());
    }

    private void deletePattern() {
        var answer = answer(api.delete(namespace + "?pattern=*"), 200, 409);
        if (answer.status() != 409) {
            written(answer, none());
        }
    }

    private Map<String, Optional<String>> none() {
        var none = new HashMap<String, Optional<String>>();
        keys.forEach(key -> none.put(key, Optional.empty()));
        return none;
    }

    private void get(String key) {
        var answer = answer(api.get(path(key)), 200, 404);
        if (answer.status() != 503) {
            check(key, answer.status() == 200 ? Optional.of(answer.body()) : Optional.empty());
        }
    }

    private void getSeveral(List<String> some) {
        String wanted = some.stream().map(key -> '"' + key + '"').collect(joining(","));
        var answer = answer(api.post(namespace + "/mget", "{\"keys\":[" + wanted + "]}"), 200);
        if (answer.status() == 503) {
            return;
        }
        JsonNode entries = answer.json().get("entries");
        for (int i = 0; i < some.size(); i++) {
            JsonNode text = entries.get(i).get("text");
            check(some.get(i), text == null ? Optional.empty() : Optional.of(text.asString()));
        }
    }

    private Answer answer(WebTestClient.ResponseSpec response, Integer... expected) {
        var answer = Answer.of(response);
        var allowed = new ArrayList<>(List.of(expected));
        allowed.add(503);
        assertThat(answer.status()).as(answer.body()).isIn(allowed);
        refused += answer.status() == 503 ? 1 : 0;
        return answer;
    }

    private void check(String key, Optional<String> seen) {
        assertThat(requireNonNull(possible.get(key))).as(namespace + " " + key).contains(seen);
        possible.put(key, Set.of(seen));
    }

    /** What got 503 was not stored, or in part. */
    private void written(Answer answer, Map<String, Optional<String>> values) {
        values.forEach((key, value) -> {
            var before = answer.status() == 503 ? requireNonNull(possible.get(key)) : Set.<Optional<String>>of();
            var after = new HashSet<>(before);
            after.add(value);
            possible.put(key, after);
        });
    }

    private String any() {
        return keys.get(random.nextInt(keys.size()));
    }

    private List<String> some() {
        var some = new HashSet<String>();
        for (int i = 0; i < 4; i++) {
            some.add(any());
        }
        return List.copyOf(some);
    }

    private String path(String key) {
        return namespace + "/" + encoded(key);
    }

    private static String encoded(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8);
    }
}
