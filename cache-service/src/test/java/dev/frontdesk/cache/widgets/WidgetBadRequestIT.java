package dev.frontdesk.cache.widgets;

import static dev.frontdesk.cache.widgets.WidgetsApi.application;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.testsupport.servers.WithServers;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@RunningWidgets
@WithServers(REDIS_CLUSTER)
class WidgetBadRequestIT {

    /** No other test stores something for it. */
    private static final TenantId TENANT = new TenantId("bad");

    private static final int MEGABYTE = 1 << 20;

    private final WidgetsApi.Calls key;
    private final StoredWidgets stored;
    private final String id = UUID.randomUUID().toString();

    WidgetBadRequestIT(@Autowired WidgetsApi api, @Autowired StoredWidgets stored) {
        this.key = api.as(application(TENANT));
        this.stored = stored;
    }

    @AfterEach
    void nothingWasStored() {
        assertThat(stored.keys("")).noneMatch(stored -> stored.startsWith(TENANT + ":"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a%2Fb",
                "a%5Cb",
                "%2E%2E",
                "%2e",
                "a%00",
                "a%0D%0A",
                "%FF",
                "a;b=c",
                "..%2F..%2Fsession",
            })
    void refusesIds(String wrong) {
        for (String path : new String[] {wrong + "/state", wrong + "/data"}) {
            refuses(key.get(path), "id");
            refuses(key.put(path, "{}"), "id");
            refuses(key.delete(path), "id");
        }
        refuses(key.patch(wrong + "/state", "{}"), "id");
    }

    @Test
    void refusesLongIds() {
        refuses(key.put("k".repeat(513) + "/state", "{}"), "id");
        refuses(key.put("%C3%BC".repeat(257) + "/data", "{}"), "id");
        key.get("%C3%BC".repeat(256) + "/data").expect(404);
        key.put("k".repeat(10_000) + "/state", "{}").expect(414);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"colour\":1} | colour",
                "{\"Config\":1} | Config",
                "{\"lastRefresh\":\"2026-11-21T10:00:00Z\"} | lastRefresh",
                "{\"last_refresh\":1} | last_refresh",
                "{\"last_refresh\":true} | last_refresh",
                "{\"last_refresh\":{}} | last_refresh",
                "{\"last_refresh\":[]} | last_refresh",
                "{\"last_refresh\":\"\"} | last_refresh",
                "{\"last_refresh\":\"yesterday\"} | last_refresh",
                "{\"last_refresh\":\"2026-11-21\"} | last_refresh",
                "{\"last_refresh\":\"2026-13-21T10:00:00Z\"} | last_refresh",
                "{\"data\":\"a\\u0000\"} | data",
                "{\"config\":{\"a\":[\"\\ud800\"]}} | config",
                "{\"data\":1e99999} | data",
            })
    void refusesFields(String body, String field) {
        refuses(key.put(id + "/state", body), field);
        refuses(key.patch(id + "/state", body), field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"data\":1}}",
                "{\"data\":1} 2",
                "{\"data\":NaN}",
                "{\"data\":01}",
                "{'data':1}",
                "{\"data\":1,}",
                "{\"data\":1,\"data\":2}",
                "{\"data\":{\"a\":1,\"a\":2}}",
                "[]",
                "7",
                "\"text\"",
                "null",
                " ",
                "{\"data\":\"\uFEFF",
            })
    void refusesWhatIsNoState(String body) {
        key.put(id + "/state", body).expect(400);
        key.patch(id + "/state", body).expect(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "1 2", "[1,]", "NaN", "tru", "'a'", "{\"a\":1,\"a\":2}", "\"a\\u0000\"", "\"\\ud800\"", " "})
    void refusesWhatIsNotJson(String body) {
        key.put(id + "/data", body).expect(400);
    }

    @Test
    void refusesDeepJson() {
        String deep = "[".repeat(20_000) + "]".repeat(20_000);
        key.put(id + "/data", deep).expect(400);
        key.put(id + "/state", "{\"config\":" + deep + "}").expect(400);
    }

    @Test
    void refusesOtherTypes() {
        for (String part : new String[] {"state", "data"}) {
            key.put(id + "/" + part, "{}", "Content-Type", "text/plain").expect(415);
        }
        key.patch(id + "/state", "{}", "Content-Type", "text/plain").expect(415);
        key.patch(id + "/data", "{}").expect(405);
        key.send("POST", "widgets/" + id + "/state", "{}").expect(405);
        key.send("GET", "widgets/" + id, "").expect(404);
    }

    @Test
    void refusesParameters() {
        for (String part : new String[] {"state", "data"}) {
            refuses(key.put(id + "/" + part + "?ttl_seconds=5", "{}"), "ttl_seconds");
            refuses(key.get(id + "/" + part + "?colour=red"), "colour");
            refuses(key.send("DELETE", "widgets/" + id + "/" + part, "{}"), "body");
        }
    }

    @Test
    void refusesWhatIsLargerThanAMegabyte() {
        String large = "\"" + "x".repeat(MEGABYTE) + "\"";
        assertThat(key.put(id + "/data", large).expect(413).problem()).isEqualTo("payload-too-large");
        key.put(id + "/state", "{\"data\":" + large + "}").expect(413);
        key.patch(id + "/state", "{\"data\":" + large + "}").expect(413);
    }

    /** Each change is small enough, but not the whole. */
    @Test
    void refusesAPatchThatMakesAStateTooLarge() {
        String half = "\"" + "x".repeat(MEGABYTE / 2) + "\"";
        String tag = key.put(id + "/state", "{\"data\":" + half + "}").expect(201).etag();

        var refused = key.patch(id + "/state", "{\"config\":" + half + ",\"last_refresh\":\"2026-11-21T10:00:00Z\"}");

        assertThat(refused.expect(413).problem()).isEqualTo("payload-too-large");
        assertThat(key.get(id + "/state").etag()).isEqualTo(tag);
        key.patch(id + "/state", "{\"config\":" + half + ",\"data\":null}").expect(200);
        key.delete(id + "/state").expect(204);
    }

    /** One byte more would be too many. */
    @Test
    void acceptsAMegabyte() {
        String largest = "\"" + "x".repeat(MEGABYTE - 2) + "\"";
        key.put(id + "/data", largest).expect(201);
        assertThat(key.get(id + "/data").body()).isEqualTo(largest);
        String state = "{\"data\":\"" + "x".repeat(MEGABYTE - 11) + "\"}";
        key.put(id + "/state", state).expect(201);
        assertThat(key.get(id + "/state").body()).isEqualTo(state);

        key.delete(id + "/data").expect(204);
        key.delete(id + "/state").expect(204);
    }

    private static void refuses(WidgetsApi.Answer answer, String field) {
        answer.expect(400);
        assertThat(answer.json().get("errors"))
                .as(answer.body())
                .anyMatch(error -> error.get("field").asString().equals(field));
    }
}
