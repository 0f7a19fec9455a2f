package dev.frontdesk.cache.widgets;

import static dev.frontdesk.cache.widgets.WidgetsApi.ACME;
import static dev.frontdesk.cache.widgets.WidgetsApi.application;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What many changes leave behind, at once and one after the other. */
@RunningWidgets
@WithServers(REDIS_CLUSTER)
class ConcurrentChangesIT {

    private static final int CHANGES = 60;
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private final WidgetsApi.Calls key;
    private final String path = UUID.randomUUID() + "/state";

    ConcurrentChangesIT(@Autowired WidgetsApi api) {
        this.key = api.as(application(ACME));
    }

    private static String value(String field, int i) {
        return field.equals("last_refresh") ? '"' + START.plusSeconds(i).toString() + '"' : Integer.toString(i);
    }

    private static int number(String field, JsonNode value) {
        return field.equals("last_refresh")
                ? (int) (Instant.parse(value.asString()).getEpochSecond() - START.getEpochSecond())
                : value.asInt();
    }

    /** Three clients, each with a field of its own; the state does not even exist at first. */
    @Test
    void clientsThatChangeDifferentFieldsLoseNothing() {
        var clients = List.of("config", "data", "last_refresh");

        var all = clients.stream().map(field -> changes(field, 1)).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).join();

        JsonNode state = key.get(path).expect(200).json();
        assertThat(clients).allMatch(field -> number(field, state.get(field)) == CHANGES);
    }

    /** One after the other; each response has what this client has written, because no other one writes its field. */
    private CompletableFuture<?> changes(String field, int i) {
        if (i > CHANGES) {
            return completedFuture("");
        }
        return key.sending("PATCH", "widgets/" + path, "{\"" + field + "\":" + value(field, i) + "}")
                .thenCompose(answer -> {
                    assertThat(number(field, answer.expect(200).json().get(field)))
                            .isEqualTo(i);
                    return changes(field, i + 1);
                });
    }

    /** Values of different lengths, with all that has a meaning in JSON, in Lua's patterns and in tags. */
    @Test
    void randomChangesDoTheSameAsAModel() {
        var random = new Random(7);
        var model = new TreeMap<String, String>();
        var values = List.of("[]", "{\"a\":[{}]}", "\"},\\\"data\\\":%1\"", "0", "\"ü😀\"", "\"" + "x".repeat(3000) + "\"");
        boolean exists = false;
        for (int i = 0; i < 150; i++) {
            boolean puts = random.nextInt(4) == 0;
            var request = new TreeMap<String, String>();
            for (String field : List.of("config", "data", "last_refresh")) {
                if (random.nextBoolean()) {
                    String value = field.equals("last_refresh")
                            ? value(field, random.nextInt(1000))
                            : values.get(random.nextInt(values.size()));
                    request.put(field, random.nextInt(3) == 0 ? "null" : value);
                }
            }
            if (puts) {
                model.clear();
            }
            model.putAll(request);
            model.values().removeIf("null"::equals);

            var answer = key.send(puts ? "PUT" : "PATCH", "widgets/" + path, json(request));

            answer.expect(puts ? exists ? 204 : 201 : 200);
            exists = true;
            var found = key.get(path).expect(200);
            assertThat(found.body()).isEqualTo(json(model));
            assertThat(found.etag()).isEqualTo(answer.etag());
            assertThat(answer.body()).isEqualTo(puts ? "" : json(model));
        }
    }

    private static String json(Map<String, String> fields) {
        return "{"
                + String.join(
                        ",",
                        fields.entrySet().stream()
                                .map(it -> "\"" + it.getKey() + "\":" + it.getValue())
                                .toList())
                + "}";
    }
}
