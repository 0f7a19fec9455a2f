package dev.frontdesk.gateway.applications;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Applications show their OpenAPI documents beside Frontdesk's. */
class ApplicationDocumentsIT extends RunningApplication {

    private String pageAt(String host) {
        return requireNonNull(client().get()
                .uri("/docs")
                .header("Host", host)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    private String etag() {
        return requireNonNull(client().get()
                .uri("/docs")
                .exchange()
                .expectBody()
                .returnResult()
                .getResponseHeaders()
                .getETag());
    }

    @Test
    void areOnThePageWhileTheirRouteIsThere() {
        String before = etag();
        put("[" + route("\"openapi\": \"/shop/it's.json\"") + "]");

        assertThat(pageAt("localhost"))
                .contains(
                        "<a href=\"#app-shop\">shop</a>",
                        "<section id=\"app-shop\">",
                        "data-openapi=\"/shop/it&#39;s.json\"")
                .doesNotContain("needs a login");
        assertThat(etag()).isNotEqualTo(before);

        put("[]");
        assertThat(pageAt("localhost")).doesNotContain("app-shop");
        assertThat(etag()).isEqualTo(before);
    }

    @Test
    void sayThatTheyNeedALogin() {
        put("[" + route("\"openapi\": \"/shop/openapi.json\"").replace("\"anonymous\"", "\"any_account\"") + "]");

        assertThat(pageAt("localhost"))
                .contains("<a href=\"/shop/openapi.json\">openapi.json</a>, which needs a login");
        get("/shop/openapi.json", _ -> {}).expectStatus().isUnauthorized();
    }

    @Test
    void areOnThePageOfTheirHostOnly() {
        put("[" + route("\"host\": \"shop.example\"", "\"openapi\": \"/shop/openapi.json\"") + "]");

        assertThat(pageAt("shop.example:8443")).contains("app-shop");
        assertThat(pageAt("localhost")).doesNotContain("app-shop");
    }

    /** The browser would get the document of the other route. */
    @Test
    void areNotShownIfAMoreSpecificRouteHasThePath() {
        put("[" + route("\"openapi\": \"/shop/openapi.json\"") + ", "
                + route().replace("\"id\": \"shop\"", "\"id\": \"other\"").replace("/shop/**", "/shop/openapi.json")
                + "]");

        assertThat(pageAt("localhost")).doesNotContain("app-shop");
    }
}
