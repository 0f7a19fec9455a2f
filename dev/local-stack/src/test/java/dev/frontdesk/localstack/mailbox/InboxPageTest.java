package dev.frontdesk.localstack.mailbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxPageTest {

    private static final String EVIL = "<script>alert(1)</script>";

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private Mails mails;
    private InboxPage page;

    @BeforeEach
    void open() throws IOException {
        mails = Mails.in(folder);
        page = InboxPage.start(mails, 0);
    }

    @AfterEach
    void close() {
        page.close();
        client.close();
    }

    @Test
    void tellsScriptsTheMailsOfAnAddressNewestFirst() throws Exception {
        keep("ada+1@example.com", "Subject: first\n\nKod: \"123456\"\\\n");
        keep("ada+1@example.com", "Subject: second\n\nwords\n");
        keep("bob@example.com", "Subject: other\n\nwords\n");
        for (String to : new String[] {"ada+1@example.com", "ADA%2B1%40example.com"}) {
            HttpResponse<String> answer = call("GET", "/api/messages?to=" + to);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(answer.body())
                    .matches("(?s)\\[\\{\"id\":\"\\d{16}\",\"to\":\"ada\\+1@example.com\",\"subject\":\"second\","
                            + "\"text\":\"words\\\\r\\\\n\",\"html\":\"\","
                            + "\"headers\":\\{\"Delivered-To\":\"ada\\+1@example.com\",\"Subject\":\"second\"}},.*")
                    .contains("\"subject\":\"first\",\"text\":\"Kod: \\\"123456\\\"\\\\\\r\\n\"")
                    .doesNotContain("bob");
        }
        assertThat(call("GET", "/api/messages").body()).contains("bob");
        assertThat(call("GET", "/api/messages?to=nobody@example.com").body()).isEqualTo("[]\n");
    }

    @Test
    void answersWhereGreenMailsOwnPageDoes() throws Exception {
        keep("ada+1@example.com", "Subject: first\n\nwords\n");
        keep("bob@example.com", "Subject: other\n\nwords\n");
        HttpResponse<String> answer = call("GET", "/api/user/ada+1@example.com/messages");
        assertThat(answer.body())
                .isEqualTo(call("GET", "/api/messages?to=ada+1@example.com").body())
                .contains("first");
        assertThat(call("GET", "/api/user/nobody@example.com/messages").body()).isEqualTo("[]\n");
        assertThat(call("GET", "/api/user/ada+1@example.com").statusCode()).isEqualTo(404);
    }

    @Test
    void emptiesItselfForScripts() throws Exception {
        keep("ada@example.com", "Subject: first\n\nwords\n");
        assertThat(call("DELETE", "/api/messages").statusCode()).isEqualTo(204);
        assertThat(call("GET", "/api/messages").body()).isEqualTo("[]\n");
    }

    @Test
    void writesLettersOfEveryLanguageAndHalfOnesToo() throws Exception {
        keep("ada@example.com", "Subject: Ş ğ 🎈\nContent-Type: text/plain; charset=utf-8\n\nİı\u0001\n");
        assertThat(call("GET", "/api/messages").body()).contains("İı\\u0001");
        assertThat(Json.of(List.of(new Mail("1", "\ud800", "🎈\udc00", "", "", Map.of()))))
                .contains("\"\\ud800\"", "\"🎈\\udc00\"");
    }

    @Test
    void showsPeopleTheListAndAMailWithNothingOfItAlive() throws Exception {
        keep(
                "ada@example.com",
                "From: \"" + EVIL + "\" <a@example.com>\nSubject: " + EVIL
                        + "\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p>" + EVIL + "</p>\n");
        String id = mails.all().getFirst().id();
        String list = call("GET", "/").body();
        assertThat(list)
                .contains("&lt;script&gt;", "ada@example.com", "/messages/" + id)
                .doesNotContain(EVIL);
        assertThat(call("GET", "/?to=%22%3E" + "%3Cscript%3E").body()).doesNotContain("\"><script>");

        HttpResponse<String> mail = call("GET", "/messages/" + id);
        assertThat(mail.body())
                .contains("<iframe sandbox title=\"The mail\" src=\"/messages/" + id + "/html\">")
                .doesNotContain(EVIL);
        assertThat(policy(mail)).contains("default-src 'none'").doesNotContain("script-src");

        HttpResponse<String> html = call("GET", "/messages/" + id + "/html");
        assertThat(html.body()).contains(EVIL);
        assertThat(policy(html)).startsWith("sandbox; default-src 'none'");
    }

    @Test
    void knowsNothingElse() throws Exception {
        assertThat(call("GET", "/health").statusCode()).isEqualTo(200);
        for (String path : new String[] {"/messages", "/messages/1", "/messages/../..", "/etc/passwd"}) {
            assertThat(call("GET", path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(call("POST", "/api/messages").statusCode()).isEqualTo(405);
        assertThat(call("DELETE", "/").statusCode()).isEqualTo(405);
    }

    private void keep(String to, String source) throws IOException {
        mails.keep(to, source.replace("\n", "\r\n").getBytes(UTF_8));
    }

    private HttpResponse<String> call(String method, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + page.port() + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
    }

    private static String policy(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Security-Policy").orElse("");
    }
}
