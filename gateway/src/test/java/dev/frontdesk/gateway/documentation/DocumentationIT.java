package dev.frontdesk.gateway.documentation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.gateway.RunningGateway;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import tools.jackson.databind.json.JsonMapper;

/** The page of documents, as a browser loads it. */
class DocumentationIT extends RunningGateway {

    /** Of a script, in bytes. */
    private static final int LARGE = 4 << 20;

    private static final Pattern REFERENCE = Pattern.compile("(?:src|href|data-openapi)=\"([^\"]*)\"");
    private static final Pattern INLINE =
            Pattern.compile("<style|<script(?![^>]* src=)|\\sstyle=|\\son\\w+=|javascript:");

    private EntityExchangeResult<byte[]> send(HttpMethod method, String path, String... headers) {
        return client().mutate()
                .codecs(it -> it.defaultCodecs().maxInMemorySize(LARGE))
                .build()
                .method(method)
                .uri(URI.create("http://127.0.0.1:" + port + path))
                .headers(all -> {
                    for (int i = 0; i < headers.length; i += 2) {
                        all.set(headers[i], headers[i + 1]);
                    }
                })
                .exchange()
                .expectBody()
                .returnResult();
    }

    private EntityExchangeResult<byte[]> get(String path, String... headers) {
        return send(HttpMethod.GET, path, headers);
    }

    private static String textOf(EntityExchangeResult<byte[]> answer) {
        byte[] body = answer.getResponseBodyContent();
        return body == null ? "" : new String(body, UTF_8);
    }

    private static HttpHeaders headersOf(EntityExchangeResult<byte[]> answer) {
        return answer.getResponseHeaders();
    }

    private List<String> references() {
        return REFERENCE
                .matcher(textOf(get("/docs")))
                .results()
                .map(it -> it.group(1))
                .filter(it -> !it.startsWith("#") && !it.startsWith("data:"))
                .distinct()
                .toList();
    }

    private String asset(String name) {
        return references().stream()
                .filter(it -> it.endsWith("/" + name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everythingThatThePageRefersToIsThereAndFromHere() {
        assertThat(references()).hasSizeGreaterThanOrEqualTo(7).allSatisfy(path -> {
            assertThat(path).startsWith("/docs/");
            var answer = get(path);
            assertThat(answer.getStatus().value()).as(path).isEqualTo(200);
            assertThat(headersOf(answer).getContentType()).as(path).isEqualTo(typeOf(path));
            assertThat(headersOf(answer).getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
        });
    }

    private static MediaType typeOf(String path) {
        return MediaType.parseMediaType(
                switch (path.substring(path.lastIndexOf('.') + 1)) {
                    case "js" -> "text/javascript;charset=UTF-8";
                    case "css" -> "text/css;charset=UTF-8";
                    case "json" -> "application/json";
                    default -> "application/yaml";
                });
    }

    @Test
    void thePageNeedsNothingThatItsPolicyForbids() {
        var answer = get("/docs");

        assertThat(headersOf(answer).getFirst("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http:", "https:", "*");
        assertThat(headersOf(answer).getContentType()).isEqualTo(MediaType.parseMediaType("text/html;charset=UTF-8"));
        assertThat(INLINE.matcher(textOf(answer)).results().map(it -> it.group()))
                .isEmpty();
        // Style sheets may load nothing from elsewhere either.
        assertThat(textOf(get(asset("swagger-ui.css")))).doesNotContain("url(http", "url(//", "@import");
        assertThat(textOf(get(asset("documentation.css")))).doesNotContain("url(", "@import");
    }

    @Test
    void assetsAreStoredForEverAndDocumentsAreCompared() {
        assertThat(headersOf(get(asset("swagger-ui-bundle.js"))).getCacheControl())
                .isEqualTo("max-age=31536000, public, immutable");
        assertThat(headersOf(get("/docs")).getCacheControl()).isEqualTo("no-cache");
        assertThat(headersOf(get("/docs/openapi.yaml")).getCacheControl()).isEqualTo("no-cache");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/docs", "/docs/openapi.yaml", "/docs/openapi.json", "/docs/asyncapi.yaml", "swagger-ui.css"})
    void anUnchangedFileIsNotSentAgain(String file) {
        String path = file.startsWith("/") ? file : asset(file);
        var whole = get(path);
        String tag = headersOf(whole).getETag();
        assertThat(tag).matches("\"[0-9a-f]{32}\"");

        for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.HEAD)) {
            var unchanged = send(method, path, "If-None-Match", "\"other\", W/" + tag);
            assertThat(unchanged.getStatus().value()).isEqualTo(304);
            assertThat(textOf(unchanged)).isEmpty();
            assertThat(headersOf(unchanged).getETag()).isEqualTo(tag);
        }
        assertThat(get(path, "If-None-Match", "\"other\"").getStatus().value()).isEqualTo(200);
        var head = send(HttpMethod.HEAD, path);
        assertThat(head.getStatus().value()).isEqualTo(200);
        assertThat(textOf(head)).isEmpty();
        assertThat(headersOf(head).getETag()).isEqualTo(tag);
        assertThat(headersOf(head).getContentLength())
                .isEqualTo(headersOf(whole).getContentLength())
                .isEqualTo(textOf(whole).getBytes(UTF_8).length);
    }

    @ParameterizedTest
    @CsvSource({
        "/docs/assets/{v}/swagger-ui.js, 404",
        "/docs/assets/{v}/openapi.yaml, 404",
        "/docs/assets/{v}/, 404",
        "/docs/assets/0123456789abcdef/swagger-ui.css, 404",
        "/docs/assets/{v}/a/swagger-ui.css, 404",
        "/docs/other, 404",
        "/docs/, 404",
        "/docs/assets/{v}/..%2F..%2Fapplication.yml, 404",
        "/docs/assets/{v}/%2e%2e/swagger-ui.css, 404",
        "/docs/assets/{v}/../../application.yml, 404",
        "/docs/openapi.yaml?version=1, 400",
    })
    void otherFilesAreNotThere(String path, int status) {
        String version = asset("swagger-ui.css").split("/")[3];
        var answer = get(path.replace("{v}", version));

        assertThat(answer.getStatus().value()).isEqualTo(status);
        assertThat(headersOf(answer).getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(headersOf(answer).getCacheControl()).isEqualTo("no-store");
        assertThat(textOf(answer)).doesNotContain("spring:");
    }

    @Test
    void theDocumentIsTheSameAsJson() {
        var paths = Pattern.compile("(?m)^  (/\\S*):$")
                .matcher(textOf(get("/docs/openapi.yaml")))
                .results()
                .map(it -> it.group(1))
                .toList();

        assertThat(JsonMapper.shared()
                        .readTree(textOf(get("/docs/openapi.json")))
                        .get("paths")
                        .propertyNames())
                .contains("/health")
                .containsExactlyElementsOf(paths);
    }

    @Test
    void onlyReads() {
        assertThat(send(HttpMethod.POST, "/docs").getStatus().value()).isEqualTo(405);
    }
}
