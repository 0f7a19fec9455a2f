package dev.frontdesk.gateway.applications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.gateway.backends.Answer;
import dev.frontdesk.gateway.backends.Backend;
import dev.frontdesk.gateway.backends.KnownCallers;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.test.context.TestPropertySource;

/** Which of several servers gets a request. */
@TestPropertySource(
        properties = {
            "frontdesk.gateway.upstreams.eject-after=1",
            "frontdesk.gateway.upstreams.eject-for=1h",
        })
class ServersOfARouteIT extends RunningApplication {

    private final Backend other = new Backend();

    @AfterEach
    void stop() {
        other.stop();
    }

    private String toBoth(String... fields) {
        return route(fields)
                .replace(
                        "{\"url\": \"" + shop.url() + "\"}",
                        "{\"url\": \"" + other.url() + "\"}, {\"url\": \"" + shop.url() + "\"}");
    }

    /** Asks ten times; how many of these requests the shop got. */
    private int atTheShop(Consumer<HttpHeaders> headers) {
        int before = shop.seen().size();
        for (int i = 0; i < 10; i++) {
            get("/shop/a", headers).expectStatus().isOk();
        }
        return shop.seen().size() - before;
    }

    @Test
    void isAlwaysTheSameForASessionOrAnApiKeyWhereTheRouteSaysSo() {
        put("[" + toBoth("\"sticky\": true") + "]");
        var callers = new KnownCallers(json);
        registration.answers(callers::answer);
        sessions.http.answers(callers::answer);

        assertThat(atTheShop(_ -> {})).as("without either").isEqualTo(5);
        for (int i = 0; i < 5; i++) {
            String token = callers.person("acme", "member").token();
            String key = callers.key("acme", Quotas.NONE).text();
            assertThat(atTheShop(headers -> headers.setBearerAuth(token)))
                    .as("with a session")
                    .isIn(0, 10);
            assertThat(atTheShop(headers -> headers.set("X-API-Key", key)))
                    .as("with an API key")
                    .isIn(0, 10);
        }

        put("[" + toBoth() + "]");
        String token = callers.person("acme", "member").token();
        assertThat(atTheShop(headers -> headers.setBearerAuth(token))).isEqualTo(5);
    }

    @Test
    void isNoneThatHasFailedAlsoAfterAChangeOfAnotherRoute() {
        other.answers(Answer.json(503, "{}"));
        put("[" + toBoth() + "]");
        get("/shop/a", _ -> {}).expectStatus().isEqualTo(503);
        assertThat(atTheShop(_ -> {})).isEqualTo(10);

        put("[" + toBoth() + ", " + route().replace("shop\"", "second\"").replace("/shop/", "/second/") + "]");

        assertThat(atTheShop(_ -> {})).isEqualTo(10);
    }
}
