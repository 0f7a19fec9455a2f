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
class WidgetDataIT {

    private final WidgetsApi.Calls key;
    private final StoredWidgets stored;
    private final String id = UUID.randomUUID().toString();
    private final String path = id + "/data";

    WidgetDataIT(@Autowired WidgetsApi api, @Autowired StoredWidgets stored) {
        this.key = api.as(application(ACME));
        this.stored = stored;
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"sales\":[1.10,12345678901234567890]}", "[]", "{}", "null", "7", "\"ü\"", "false"})
    void isAnyJson(String json) {
        var created = key.put(path, json).expect(201);

        var found = key.get(path).expect(200);

        assertThat(found.body()).isEqualTo(json);
        assertThat(found.header("Content-Type")).isEqualTo("application/json");
        assertThat(found.etag()).isEqualTo(created.etag());
        assertThat(stored.timeToLive(id)).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void isReplacedAndDeleted() {
        String first = key.put(path, "1", "If-None-Match", "*").expect(201).etag();
        key.put(path, "2", "If-Match", first).expect(204);
        key.put(path, "3", "If-Match", first).expect(412);
        key.delete(path, "If-Match", first).expect(412);
        assertThat(key.get(path).expect(200).body()).isEqualTo("2");
        key.get(path, "If-None-Match", key.get(path).etag()).expect(304);

        key.delete(path).expect(204);

        assertThat(key.get(path).expect(404).problem()).isEqualTo("not-found");
        key.delete(path).expect(404);
    }

    /** The field of that name belongs to the state. */
    @Test
    void isNotTheDataOfTheState() {
        key.put(id + "/state", "{\"data\":1}").expect(201);
        key.get(path).expect(404);
        key.put(path, "2").expect(201);
        key.delete(id + "/state").expect(204);

        assertThat(key.get(path).expect(200).body()).isEqualTo("2");
    }
}
