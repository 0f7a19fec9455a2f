package dev.frontdesk.deployment.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.deployment.services.Repository;
import dev.frontdesk.deployment.services.Yaml;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The YAML of docs/guides/forward-auth.md. Its nginx example is run by a test of the gateway. */
class ForwardAuthGuideTest {

    private static final String[] TO_THE_APPLICATION = {
        "x-frontdesk-assertion", "x-frontdesk-tenant", "x-frontdesk-account", "x-frontdesk-roles"
    };
    private static final String[] OF_THE_CLIENT = {
        "authorization",
        "cookie",
        "origin",
        "sec-fetch-site",
        "sec-websocket-key",
        "sec-websocket-version",
        "x-api-key",
        "x-csrf-token",
        "x-tenant-id"
    };

    private static final String[] CREDENTIALS = {
        "authorization", "cookie", "x-api-key", "x-csrf-token", "http2-settings"
    };

    /** Traefik sets these itself. */
    private static final List<String> OF_TRAEFIK = List.of("x-real-ip", "x-forwarded-port", "x-forwarded-server");

    private static final List<JsonNode> EXAMPLES = Pattern.compile("(?s)```yaml\n(.*?)```")
            .matcher(Repository.text("docs/guides/forward-auth.md"))
            .results()
            .map(block -> Yaml.document(block.group(1)))
            .toList();

    @Test
    void traefikAsksWithTheHeadersOfTheClientAndReplacesThoseOfTheApplication() {
        JsonNode asks = EXAMPLES.getFirst().at("/http/middlewares/frontdesk/forwardAuth");

        assertThat(asks.path("address").asText()).endsWith("/api/v1/forward-auth");
        assertThat(asks.path("trustForwardHeader").asBoolean(true)).isFalse();
        assertThat(lowerCase(asks.path("authRequestHeaders"), "")).containsExactly(OF_THE_CLIENT);
        assertThat(lowerCase(asks.path("authResponseHeaders"), "")).containsExactly(TO_THE_APPLICATION);
    }

    @Test
    void envoyAsksWithTheHeadersOfTheClientAndReplacesThoseOfTheApplication() {
        JsonNode asks = EXAMPLES.getLast().at("/http_filters/0/typed_config");

        assertThat(EXAMPLES).hasSize(2);
        assertThat(asks.path("failure_mode_allow").asBoolean(true)).isFalse();
        assertThat(asks.at("/http_service/path_prefix").asText()).isEqualTo("/api/v1/forward-auth");
        assertThat(lowerCase(asks.at("/allowed_headers/patterns"), "exact"))
                .contains(OF_THE_CLIENT)
                .contains("x-forwarded-for")
                .hasSize(OF_THE_CLIENT.length + 1);
        assertThat(lowerCase(
                        asks.at("/http_service/authorization_response/allowed_upstream_headers/patterns"), "exact"))
                .containsExactly(TO_THE_APPLICATION);
    }

    @Test
    void allExamplesRemoveTheListedHeaders() {
        var traefik = EXAMPLES.getFirst().at("/http/middlewares/remove-headers/headers/customRequestHeaders");
        var envoy = EXAMPLES.getLast().at("/route_config/virtual_hosts/0/request_headers_to_remove");

        assertThat(traefik).allMatch(value -> value.asText("other").isEmpty());
        assertThat(EXAMPLES.getFirst().at("/http/routers/shop/middlewares").toString())
                .isEqualTo("[\"frontdesk\",\"remove-headers\"]");
        assertThat(traefik.properties())
                .extracting(header -> header.getKey().toLowerCase(Locale.ROOT))
                .containsAll(
                        headersToRemove().filter(it -> !OF_TRAEFIK.contains(it)).toList())
                .doesNotContainAnyElementsOf(OF_TRAEFIK)
                .contains(CREDENTIALS);
        assertThat(lowerCase(envoy, "")).containsAll(headersToRemove().toList()).contains(CREDENTIALS);
    }

    private static Stream<String> headersToRemove() {
        String guide = Repository.text("docs/guides/forward-auth.md");
        int at = guide.indexOf("| Headers of the client |");
        return Pattern.compile("`([\\w-]+)`")
                .matcher(guide.substring(at, guide.indexOf("\n\n", at)))
                .results()
                .map(name -> name.group(1).toLowerCase(Locale.ROOT));
    }

    private static List<String> lowerCase(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(it -> field.isEmpty() ? it : it.path(field))
                .map(it -> it.asText().toLowerCase(Locale.ROOT))
                .toList();
    }
}
