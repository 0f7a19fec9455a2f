package dev.frontdesk.endtoend.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Checks responses against the document: status, header fields, media type, and every field of the body. */
public final class DocumentedAnswers {

    /** From HTTP itself, or the same everywhere and documented once. */
    private static final Set<String> USUAL_HEADERS = Set.of(
            ":status",
            "cache-control",
            "connection",
            "content-disposition",
            "content-length",
            "content-security-policy",
            "content-type",
            "date",
            "referrer-policy",
            "strict-transport-security",
            "transfer-encoding",
            "x-content-type-options");

    /** Sent before the resource is known; the document describes them once. */
    private static final Set<Integer> OF_EVERY_HEAD = Set.of(408, 414, 431);

    private static final Set<Integer> OF_PATHS_AND_METHODS = Set.of(400, 401, 404, 405, 426, 429);
    private static final ApiDocument DOCUMENT = ApiDocument.read();

    /** A time in another form than {@code 2026-11-21T10:00:00Z}. */
    private static final Pattern OTHER_OFFSET = Pattern.compile("\"\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:[^\"Z]*\"");

    private DocumentedAnswers() {}

    /** @throws AssertionError with what the document lacks */
    public static void check(String method, String path, HttpResponse<byte[]> answer) {
        if (method.equals("HEAD") || method.equals("OPTIONS")) {
            return;
        }
        int status = answer.statusCode();
        if (OF_EVERY_HEAD.contains(status)) {
            return;
        }
        var operation = DOCUMENT.operationAt(method, path.split("\\?", 2)[0]);
        if (operation.isEmpty()) {
            assertThat(OF_PATHS_AND_METHODS)
                    .as("%s %s, which is not in the document: %s", method, path, status)
                    .contains(status);
            return;
        }
        String what = operation.get() + " " + status;
        JsonNode response =
                DOCUMENT.resolve(operation.get().node().path("responses").path(Integer.toString(status)));
        assertThat(response.isMissingNode()).as("%s: undocumented status", what).isFalse();
        checkHeaders(what, response, answer);
        checkBody(what, response, answer);
    }

    private static void checkHeaders(String what, JsonNode response, HttpResponse<byte[]> answer) {
        for (String name : answer.headers().map().keySet()) {
            boolean known = USUAL_HEADERS.contains(name.toLowerCase(Locale.ROOT))
                    || has(DOCUMENT.root().path("x-headers-of-every-answer"), name)
                    || has(response.path("headers"), name);
            assertThat(known).as("%s: undocumented header %s", what, name).isTrue();
        }
    }

    private static boolean has(JsonNode headers, String name) {
        return headers.propertyNames().stream().anyMatch(name::equalsIgnoreCase);
    }

    private static void checkBody(String what, JsonNode response, HttpResponse<byte[]> answer) {
        JsonNode contents = response.path("content");
        if (answer.body().length == 0) {
            return;
        }
        String type = answer.headers().firstValue("Content-Type").orElse("").split(";", 2)[0];
        JsonNode content = contents.has("*/*") ? contents.get("*/*") : contents.path(type);
        assertThat(content.isMissingNode())
                .as("%s: undocumented body of type %s", what, type)
                .isFalse();
        if (type.endsWith("json") && content.has("schema")) {
            String text = new String(answer.body(), UTF_8);
            assertThat(OTHER_OFFSET.matcher(text).results().map(MatchResult::group))
                    .as("%s: times that are not in UTC", what)
                    .isEmpty();
            assertThat(DocumentedSchemas.errors(content.get("schema"), text))
                    .as("%s: %s", what, text)
                    .isEmpty();
        }
    }
}
