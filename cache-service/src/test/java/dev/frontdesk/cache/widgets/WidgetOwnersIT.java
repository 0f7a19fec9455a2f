package dev.frontdesk.cache.widgets;

import static dev.frontdesk.cache.widgets.WidgetsApi.ACME;
import static dev.frontdesk.cache.widgets.WidgetsApi.OTHER;
import static dev.frontdesk.cache.widgets.WidgetsApi.application;
import static dev.frontdesk.cache.widgets.WidgetsApi.session;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.apikeys.Scope;
import dev.frontdesk.contracts.apikeys.Scopes;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.testsupport.servers.WithServers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@RunningWidgets
@WithServers(REDIS_CLUSTER)
class WidgetOwnersIT {

    private static final UUID ADA = UUID.randomUUID();
    private static final UUID BOB = UUID.randomUUID();

    /** Of each the widgets are its own, whatever their ids. */
    private static final List<Caller> OWNERS =
            List.of(application(ACME), application(OTHER), session(ACME, ADA), session(ACME, BOB), session(OTHER, ADA));

    private final WidgetsApi api;
    private final StoredWidgets stored;
    private final String id = UUID.randomUUID().toString();

    WidgetOwnersIT(@Autowired WidgetsApi api, @Autowired StoredWidgets stored) {
        this.api = api;
        this.stored = stored;
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "data"})
    void othersNeitherSeeNorChangeAWidget(String part) {
        String path = id + "/" + part;
        for (Caller owner : OWNERS) {
            api.as(owner).put(path, "{\"config\":1}").expect(201);
            for (Caller other : OWNERS) {
                if (!other.equals(owner)) {
                    api.as(other).get(path).expect(404);
                    api.as(other).delete(path).expect(404);
                }
            }
            api.as(owner).get(path).expect(200);
            api.as(owner).delete(path).expect(204);
        }
    }

    @Test
    void aPatchChangesOnlyItsOwn() {
        for (int i = 0; i < OWNERS.size(); i++) {
            api.as(OWNERS.get(i)).patch(id + "/state", "{\"data\":" + i + "}").expect(200);
        }
        for (int i = 0; i < OWNERS.size(); i++) {
            assertThat(api.as(OWNERS.get(i)).get(id + "/state").body()).isEqualTo("{\"data\":" + i + "}");
        }
    }

    @Test
    void theOperatorAndTheKeysOfATenantShareItsWidgets() {
        api.as(application(ACME)).put(id + "/state", "{}").expect(201);

        api.as(application(ACME)).get(id + "/state").expect(200);
        api.as(new Caller.Operator(ACME)).get(id + "/state").expect(200);
    }

    @Test
    void needsTheScopeOfTheCache() {
        var reader = api.as(application(ACME, Scope.Action.READ));
        var stranger = api.as(
                new Caller.ApiKey(ACME, UUID.randomUUID(), Scopes.known(List.of("locks:admin", "profile:admin"))));
        var anonymous = api.as(new Caller.Anonymous(ACME));
        for (String part : List.of("state", "data")) {
            String path = id + "/" + part;
            reader.get(path).expect(404);
            reader.put(path, "{}").expect(403);
            reader.delete(path).expect(403);
            stranger.get(path).expect(403);
            anonymous.get(path).expect(401);
            anonymous.put(path, "{}").expect(401);
            anonymous.delete(path).expect(401);
        }
        reader.patch(id + "/state", "{}").expect(403);
        anonymous.patch(id + "/state", "{}").expect(401);
        assertThat(stored.keys(id)).isEmpty();
    }

    @Test
    void entriesOfClientsNeverCollideWithWidgets() {
        var key = api.as(application(ACME));
        key.put(id + "/state", "{\"data\":1}").expect(201);
        key.put(id + "/data", "2").expect(201);
        for (String name : List.of("widget-state", "widget-data")) {
            key.send("PUT", "cache/" + name + "/" + id, "\"entry\"").expect(201);
            for (String reserved : List.of("~" + name, "%7E" + name, "%7e" + name)) {
                String path = "cache/" + reserved;
                isRefused(key.send("GET", path + "/" + id, ""));
                isRefused(key.send("PUT", path + "/" + id, "x"));
                isRefused(key.send("DELETE", path + "/" + id, ""));
                isRefused(key.send("GET", path + "/" + id + "/ttl", ""));
                isRefused(key.send("PATCH", path + "/" + id + "/ttl", "{\"ttl_seconds\":1}"));
                isRefused(key.send("POST", path + "/" + id + "/increment", "{}"));
                isRefused(key.send("POST", path + "/mget", "{\"keys\":[\"" + id + "\"]}"));
                isRefused(
                        key.send("POST", path + "/mset", "{\"entries\":[{\"key\":\"" + id + "\",\"value\":1}]}"));
                isRefused(key.send("POST", path + "/invalidate", "{}"));
                isRefused(key.send("DELETE", path + "?pattern=*", ""));
            }
        }

        assertThat(key.get(id + "/state").body()).isEqualTo("{\"data\":1}");
        assertThat(key.get(id + "/data").body()).isEqualTo("2");
        assertThat(stored.keys(id))
                .containsExactlyInAnyOrder(
                        "acme:cache:app:~widget-state:" + id,
                        "acme:cache:app:~widget-data:" + id,
                        "acme:cache:app:widget-state:" + id,
                        "acme:cache:app:widget-data:" + id);
    }

    private static void isRefused(WidgetsApi.Answer answer) {
        assertThat(answer.expect(400).json().at("/errors/0/field").asString()).isEqualTo("namespace");
    }
}
