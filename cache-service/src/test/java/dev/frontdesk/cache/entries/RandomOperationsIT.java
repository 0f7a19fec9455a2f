package dev.frontdesk.cache.entries;

import static dev.frontdesk.cache.entries.CacheApi.application;
import static dev.frontdesk.cache.entries.CacheApi.session;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.cache.entries.EntryModel.Span;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.testsupport.servers.WithServers;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Random operations of several owners on the same names, compared with maps. */
@RunningService
@WithServers(REDIS_CLUSTER)
class RandomOperationsIT {

    private static final int OPERATIONS = 2_000;
    private static final List<String> KEYS = List.of("user:1", "user:2", "users", "a*[b]{p1}", "ğ 1", "..1");
    private static final List<String> TAGS = List.of("a", "b", "c");
    private static final int[] TTLS = {1, 1, 2, 1000, 2000, 3000};

    /** Patterns, and what they must match. */
    private static final Map<String, Predicate<String>> PATTERNS = Map.of(
            "*", _ -> true,
            "user:*", key -> key.startsWith("user:"),
            "*1", key -> key.endsWith("1"),
            "a\\*\\[*", key -> key.startsWith("a*["),
            "[^u]*", key -> !key.startsWith("u"),
            "nothing", _ -> false);

    private final StoredEntries stored;
    private final List<Place> places = new ArrayList<>();
    private final List<String> tenants = Stream.generate(
                    () -> "t" + UUID.randomUUID().toString().substring(0, 8))
            .limit(2)
            .toList();
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    /** A namespace of one owner. */
    private record Place(String tenant, CacheApi.Calls owner, String namespace, EntryModel model) {

        WebTestClient.ResponseSpec post(String path, String body) {
            return owner.post(namespace + "/" + path, body);
        }

        String path(String key) {
            return namespace + "/" + URLEncoder.encode(key, UTF_8).replace("+", "%20");
        }
    }

    RandomOperationsIT(@Autowired CacheApi api, @Autowired StoredEntries stored) {
        this.stored = stored;
        var accounts = List.of(UUID.randomUUID(), UUID.randomUUID());
        for (String tenant : tenants) {
            var id = new TenantId(tenant);
            Stream.concat(Stream.of(application(id)), accounts.stream().map(account -> session(id, account)))
                    .map(api::as)
                    .forEach(owner -> Stream.of("n", "m")
                            .forEach(namespace -> places.add(new Place(tenant, owner, namespace, new EntryModel()))));
        }
    }

    @Test
    void neverReadsWhatWasDeletedInvalidatedOrHasExpired() {
        for (int i = 0; i < OPERATIONS; i++) {
            Place place = any(places);
            int kind = random.nextInt(100);
            try {
                operate(kind, place);
            } catch (AssertionError wrong) {
                throw new AssertionError("seed %d, operation %d of kind %d".formatted(seed, i, kind), wrong);
            }
        }
        for (Place place : places) {
            getSeveral(place, KEYS);
        }
        for (String tenant : tenants) {
            await("seed " + seed).atMost(Duration.ofSeconds(60)).untilAsserted(() -> countsWhatThereIs(tenant));
        }
    }

    private void operate(int kind, Place place) {
        String key = any(KEYS);
        if (kind < 25) {
            put(place, key);
        } else if (kind < 50) {
            get(place, key);
        } else if (kind < 58) {
            increment(place, key);
        } else if (kind < 65) {
            changeTtl(place, key);
        } else if (kind < 70) {
            delete(place, key);
        } else if (kind < 78) {
            putSeveral(place, some(KEYS));
        } else if (kind < 88) {
            getSeveral(place, some(KEYS));
        } else if (kind < 92) {
            deletePattern(place, any(List.copyOf(PATTERNS.keySet())));
        } else if (kind < 98) {
            invalidate(place, Set.copyOf(some(TAGS)));
        } else {
            invalidate(place, Set.of());
        }
    }

    private void put(Place place, String key) {
        String value = Integer.toString(random.nextInt());
        var tags = Set.copyOf(some(TAGS));
        int ttl = TTLS[random.nextInt(TTLS.length)];
        boolean tagged = random.nextBoolean();
        long sent = System.currentTimeMillis();
        var request = place.owner().send(HttpMethod.PUT, place.path(key) + "?ttl_seconds=" + ttl);
        if (tagged) {
            request.header("Cache-Tag", String.join(",", tags));
        }
        int status = status(request.bodyValue(value).exchange());
        var span = since(sent);
        place.model().checkIsThere(key, status == 204, span);
        place.model().put(key, value, tagged ? tags : Set.of(), ttl, span);
    }

    private void get(Place place, String key) {
        long sent = System.currentTimeMillis();
        var response = place.owner().get(place.path(key)).returnResult(String.class);
        String body = response.getResponseBody().blockFirst();
        place.model().check(key, response.getStatus().value() == 200 ? body : null, since(sent));
    }

    private void increment(Place place, String key) {
        int ttl = TTLS[random.nextInt(TTLS.length)];
        int amount = random.nextInt();
        long sent = System.currentTimeMillis();
        JsonNode result = json(place.owner()
                .post(place.path(key) + "/increment", "{\"amount\":" + amount + ",\"ttl_seconds\":" + ttl + "}"));
        var span = since(sent);
        String before = place.model().value(key);
        place.model().checkIsThere(key, !result.get("created").asBoolean(), span);
        if (result.get("created").asBoolean()) {
            assertThat(result.get("value").asLong()).isEqualTo(amount);
            place.model().put(key, Integer.toString(amount), Set.of(), ttl, span);
        } else {
            assertThat(result.get("value").asLong()).isEqualTo(Long.parseLong(String.valueOf(before)) + amount);
            place.model().change(key, result.get("value").asString());
        }
    }

    private void changeTtl(Place place, String key) {
        int ttl = TTLS[random.nextInt(TTLS.length)];
        long sent = System.currentTimeMillis();
        int status = status(place.owner().patch(place.path(key) + "/ttl", "{\"ttl_seconds\":" + ttl + "}"));
        var span = since(sent);
        place.model().checkIsThere(key, status == 200, span);
        place.model().expire(key, ttl, span);
    }

    private void delete(Place place, String key) {
        long sent = System.currentTimeMillis();
        int status = status(place.owner().delete(place.path(key)));
        place.model().checkIsThere(key, status == 204, since(sent));
        place.model().remove(key::equals);
    }

    private void putSeveral(Place place, List<String> keys) {
        int ttl = TTLS[random.nextInt(TTLS.length)];
        String value = Integer.toString(random.nextInt());
        String entries = keys.stream()
                .map(key -> "{\"key\":\"" + key + "\",\"value\":" + value + "}")
                .collect(joining(","));
        long sent = System.currentTimeMillis();
        JsonNode result = json(place.post("mset", "{\"entries\":[" + entries + "],\"ttl_seconds\":" + ttl + "}"));
        var span = since(sent);
        for (int i = 0; i < keys.size(); i++) {
            JsonNode entry = result.get("entries").get(i);
            assertThat(entry.get("key").asString()).isEqualTo(keys.get(i));
            place.model()
                    .checkIsThere(keys.get(i), entry.get("result").asString().equals("replaced"), span);
            place.model().put(keys.get(i), value, Set.of(), ttl, span);
        }
    }

    private void getSeveral(Place place, List<String> keys) {
        String wanted = keys.stream().map(key -> '"' + key + '"').collect(joining(","));
        long sent = System.currentTimeMillis();
        JsonNode result = json(place.post("mget", "{\"keys\":[" + wanted + "]}"));
        var span = since(sent);
        for (int i = 0; i < keys.size(); i++) {
            JsonNode entry = result.get("entries").get(i);
            JsonNode seen = entry.has("value") ? entry.get("value") : entry.get("text");
            place.model().check(keys.get(i), seen == null ? null : seen.asString(), span);
        }
    }

    private void deletePattern(Place place, String pattern) {
        Predicate<String> matches = requireNonNull(PATTERNS.get(pattern));
        long sent = System.currentTimeMillis();
        JsonNode result =
                json(place.owner().delete(place.namespace() + "?pattern=" + URLEncoder.encode(pattern, UTF_8)));
        var span = since(sent);
        assertThat(result.get("deleted").asLong())
                .isBetween(place.model().surely(matches, span), place.model().perhaps(matches, span));
        place.model().remove(matches);
    }

    private void invalidate(Place place, Set<String> tags) {
        String body = tags.isEmpty()
                ? "{}"
                : tags.stream().map(tag -> '"' + tag + '"').collect(joining(",", "{\"tags\":[", "]}"));
        assertThat(status(place.post("invalidate", body))).isEqualTo(204);
        if (tags.isEmpty()) {
            place.model().remove(_ -> true);
        } else {
            place.model().removeTagged(tags);
        }
    }

    private void countsWhatThereIs(String tenant) {
        var counted = stored.counted(tenant);
        assertThat(counted).isEqualTo(stored.indexed(tenant));
        long now = System.currentTimeMillis();
        assertThat(counted.keys())
                .isEqualTo(places.stream()
                        .filter(place -> place.tenant().equals(tenant))
                        .mapToLong(place -> place.model().surely(_ -> true, new Span(now, now)))
                        .sum());
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** At least one, each once. */
    private <T> List<T> some(List<T> all) {
        var some = new HashSet<T>();
        do {
            some.add(any(all));
        } while (random.nextInt(3) > 0);
        return List.copyOf(some);
    }

    private static Span since(long sent) {
        return new Span(sent, System.currentTimeMillis());
    }

    private static int status(WebTestClient.ResponseSpec response) {
        return response.returnResult(Void.class).getStatus().value();
    }

    private static JsonNode json(WebTestClient.ResponseSpec response) {
        var body = response.expectStatus().isOk().expectBody(String.class).returnResult();
        return JsonMapper.shared().readTree(String.valueOf(body.getResponseBody()));
    }
}
