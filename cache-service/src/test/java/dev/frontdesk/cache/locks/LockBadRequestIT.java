package dev.frontdesk.cache.locks;

import static dev.frontdesk.cache.locks.LocksApi.OTHER;
import static dev.frontdesk.cache.locks.LocksApi.application;
import static dev.frontdesk.testsupport.servers.Server.REDIS_CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.testsupport.servers.WithServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@RunningLocks
@WithServers(REDIS_CLUSTER)
class LockBadRequestIT {

    private static final String TOKEN = "A".repeat(43);

    private final LocksApi.Calls application;

    LockBadRequestIT(@Autowired LocksApi api) {
        this.application = api.as(application(OTHER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%2Fb", "a%5Cb", "%2E%2E", "%2e", "a%00", "a%0D%0A", "%FF", "a;b=c"})
    void refusesNames(String name) {
        refuses(application.acquire(name, "{}"), "name");
        refuses(application.get("/" + name), "name");
        refuses(application.renew(name, TOKEN, 1000), "name");
        refuses(application.release(name, TOKEN), "name");
    }

    @Test
    void refusesLongNames() {
        String longest = "ü".repeat(128).replace("ü", "%C3%BC");
        application.get("/" + longest).expect(200);
        refuses(application.get("/" + longest + "a"), "name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"ttl_ms\":999} | ttl_ms",
                "{\"ttl_ms\":3600001} | ttl_ms",
                "{\"ttl_ms\":1000.5} | ttl_ms",
                "{\"ttl_ms\":99999999999999999999} | ttl_ms",
                "{\"wait_ms\":-1} | wait_ms",
                "{\"wait_ms\":30001} | wait_ms",
                "{\"token\":\"short\"} | token",
                "{\"token\":7} | token",
                "{\"holder\":\"\"} | holder",
                "{\"holder\":\"a\\u0000\"} | holder",
                "{\"fence\":7} | fence",
            })
    void refusesFields(String body, String field) {
        refuses(application.acquire("refused", body), field);
        assertThat(application.get("/refused").json().get("held").booleanValue())
                .isFalse();
    }

    @Test
    void needsTheToken() {
        refuses(application.send("POST", "/a/renew", "{}").join(), "token");
        refuses(application.send("POST", "/a/release", "{}").join(), "token");
        refuses(application.renew("a", "a b", 1000), "token");
        refuses(application.renew("a", TOKEN, 1), "ttl_ms");
        refuses(application.release("a", TOKEN + "A"), "token");
    }

    @Test
    void needsABody() {
        application.acquire("a", "").expect(400);
        application.acquire("a", "[]").expect(400);
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=201, limit",
        "cursor=x, cursor",
        "cursor=OTkgMSBh, cursor",
        "cursor=_-_-, cursor",
        "page=2, page"
    })
    void refusesPages(String query, String field) {
        refuses(application.get("?" + query), field);
    }

    private static void refuses(LocksApi.Answer answer, String field) {
        answer.expect(400);
        assertThat(answer.json().get("errors"))
                .anyMatch(error -> error.get("field").asString().equals(field));
    }
}
