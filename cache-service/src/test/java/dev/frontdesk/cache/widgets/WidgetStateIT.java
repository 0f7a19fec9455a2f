package dev.frontdesk.cache.widgets;

import static dev.frontdesk.cache.widgets.WidgetsApi.ACME;
import static dev.frontdesk.cache.widgets.WidgetsApi.application;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.testsupport.servers.WithServers;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@RunningWidgets
@WithServers(REDIS_CLUSTER)
class WidgetStateIT {

    private final WidgetsApi.Calls key;
    private final StoredWidgets stored;
    private final String id = UUID.randomUUID().toString();
    private final String path = id + "/state";

    WidgetStateIT(@Autowired WidgetsApi api, @Autowired StoredWidgets stored) {
        this.key = api.as(application(ACME));
        this.stored = stored;
    }

    @Test
    void aPutReplacesTheWholeState() {
        String state = "{\"config\":{\"size\":3},\"data\":[1,2],\"last_refresh\":\"2026-11-21T10:00:00Z\"}";
        var created = key.put(path, state).expect(201);
        assertThat(created.body()).isEmpty();

        var found = key.get(path).expect(200);
        assertThat(found.body()).isEqualTo(state);
        assertThat(found.header("Content-Type")).isEqualTo("application/json");
        assertThat(found.header("Cache-Control")).startsWith("private, no-cache, max-age=");
        assertThat(found.etag()).isEqualTo(created.etag()).matches("\"[A-Za-z0-9._-]+\"");

        var replaced = key.put(path, "{\"data\":null,\"config\":true}").expect(204);
        assertThat(key.get(path).body()).isEqualTo("{\"config\":true}");
        assertThat(replaced.etag()).isNotEqualTo(created.etag());
        assertThat(key.put(path, state).expect(204).etag()).isEqualTo(created.etag());
    }

    /** A JSON library of Lua would change each of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"list\":[],\"object\":{}}",
                "12345678901234567890.12345678901234567890",
                "1.0",
                "1E+3",
                "-0.0",
                "9007199254740993",
                "false",
                "\"\"",
                "[null]",
                "\"ü 😀 \\\"quoted\\\" \\\\ \\n %s }, {\\\"data\\\":1\"",
            })
    void jsonStaysAsItIs(String json) {
        key.put(path, "{\"config\":" + json + "}").expect(201);
        key.patch(path, "{\"data\":" + json + "}").expect(200);
        key.patch(path, "{\"last_refresh\":\"2026-11-21T10:00:00Z\"}").expect(200);

        assertThat(key.get(path).body())
                .isEqualTo("{\"config\":" + json + ",\"data\":" + json
                        + ",\"last_refresh\":\"2026-11-21T10:00:00Z\"}");
    }

    @Test
    void aPatchReplacesOnlyItsFields() {
        key.put(path, "{\"config\":{\"a\":1,\"b\":2},\"data\":[7]}").expect(201);

        var changed = key.patch(path, "{\"config\":{\"a\":3}}").expect(200);
        assertThat(changed.body()).isEqualTo("{\"config\":{\"a\":3},\"data\":[7]}");
        assertThat(changed.etag()).isEqualTo(key.get(path).etag());
        assertThat(changed.header("Content-Type")).isEqualTo("application/json");

        assertThat(key.patch(path, "{\"config\":null}").expect(200).body()).isEqualTo("{\"data\":[7]}");
        assertThat(key.patch(path, "{\"config\":null,\"data\":0}").expect(200).body())
                .isEqualTo("{\"data\":0}");
        var same = key.patch(path, "{}").expect(200);
        assertThat(same.body()).isEqualTo("{\"data\":0}");
        assertThat(key.patch(path, "{\"data\":null}").expect(200).body()).isEqualTo("{}");
        assertThat(key.get(path).expect(200).body()).isEqualTo("{}");
    }

    @Test
    void aPatchOfAMissingStateCreatesIt() {
        key.patch(path, "{\"data\":1}", "If-Match", "*").expect(412);
        key.get(path).expect(404);

        assertThat(key.patch(path, "{\"data\":1}").expect(200).body()).isEqualTo("{\"data\":1}");
        assertThat(key.get(path).expect(200).body()).isEqualTo("{\"data\":1}");
    }

    @Test
    void timesAreStoredInUtc() {
        key.put(path, "{\"last_refresh\":\"2026-11-21T10:00:00.250+01:00\"}").expect(201);

        assertThat(key.get(path).body()).isEqualTo("{\"last_refresh\":\"2026-11-21T09:00:00.250Z\"}");
    }

    @Test
    void isChangedOnlyUnderTheConditionsOfItsClient() {
        String first = key.put(path, "{\"data\":1}", "If-None-Match", "*").expect(201).etag();
        key.put(path, "{\"data\":2}", "If-None-Match", "*").expect(412);
        String second =
                key.patch(path, "{\"data\":2}", "If-Match", first).expect(200).etag();

        for (var method : new String[] {"PUT", "PATCH"}) {
            assertThat(key.send(method, "widgets/" + path, "{\"config\":3}", "If-Match", first)
                            .expect(412)
                            .problem())
                    .isEqualTo("precondition-failed");
        }
        key.delete(path, "If-Match", first).expect(412);
        assertThat(key.get(path, "If-None-Match", first).expect(200).body()).isEqualTo("{\"data\":2}");
        assertThat(key.get(path, "If-None-Match", second).expect(304).etag()).isEqualTo(second);
        key.patch(path, "{}", "If-Match", "nonsense").expect(400);
        key.delete(path, "If-Match", second).expect(204);
        key.get(path).expect(404);
        assertThat(key.delete(path).expect(404).problem()).isEqualTo("not-found");
    }

    @Test
    void anyChangeRenewsItsTime() {
        key.put(path, "{\"data\":1}").expect(201);
        assertThat(stored.timeToLive(id)).isPositive().isLessThanOrEqualTo(Duration.ofHours(24));

        for (var body : new String[] {"{\"data\":2}", "{}"}) {
            stored.expiresIn(id, Duration.ofHours(1));
            var changed = key.patch(path, body).expect(200);
            assertThat(stored.timeToLive(id)).isGreaterThan(Duration.ofHours(1));
            assertThat(changed.header("Cache-Control")).isEqualTo("private, no-cache, max-age=86400");
        }
        stored.expiresIn(id, Duration.ofHours(1));
        key.put(path, "{\"data\":2}").expect(204);
        assertThat(stored.timeToLive(id)).isGreaterThan(Duration.ofHours(1));
    }

    @Test
    void aHeadHasNoBody() {
        var etag = key.put(path, "{\"data\":1}").expect(201).etag();

        var head = key.send("HEAD", "widgets/" + path, "").expect(200);

        assertThat(head.body()).isEmpty();
        assertThat(head.etag()).isEqualTo(etag);
    }
}
