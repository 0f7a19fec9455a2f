package dev.frontdesk.notification.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.kit.outbound.OutboundUrl;
import dev.frontdesk.notification.outbound.OutboundRequest;
import dev.frontdesk.notification.outbound.SigningSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** The verification code of docs/guides/webhooks.md, run against real requests. */
class DocumentedVerificationTest {

    private static final Path DOCUMENT = Path.of("../docs/guides/webhooks.md");
    private static final String BODY = "{\"data\": {\"name\": \"Ayşe 😀\"}}\n";
    private static final Instant NOW = Instant.now();

    /** A runtime that reads a secret, headers as JSON and a body in base64, and says true or false. */
    enum Receiver {
        PYTHON("python3", "python", "py", """

            import json, sys
            print(str(is_from_frontdesk(sys.argv[1], json.loads(sys.argv[2]), base64.b64decode(sys.argv[3]))).lower())
            """),
        NODE("node", "javascript", "js", """

            const [secret, headers, body] = process.argv.slice(2);
            console.log(isFromFrontdesk(secret, JSON.parse(headers), Buffer.from(body, 'base64')));
            """);

        private final String command;
        private final String language;
        private final String ending;
        private final String call;

        Receiver(String command, String language, String ending, String call) {
            this.command = command;
            this.language = language;
            this.ending = ending;
            this.call = call;
        }
    }

    @TempDir
    private Path folder;

    /** Needs Python and Node.js: {@code mvn verify -Pother-languages}. */
    @ParameterizedTest
    @EnumSource(Receiver.class)
    @Tag("other-languages")
    void theSnippetTellsOursFromOthers(Receiver receiver) throws Exception {
        var former = SigningSecret.random();
        var newest = SigningSecret.random();
        var sent = sent(NOW, List.of(newest, former));

        assertThat(asks(receiver, newest, sent, BODY)).isEqualTo("true");
        assertThat(asks(receiver, former, sent, BODY)).isEqualTo("true");
        assertThat(asks(receiver, SigningSecret.random(), sent, BODY)).isEqualTo("false");
        assertThat(asks(receiver, newest, sent, BODY.replace(" ", ""))).isEqualTo("false");
        assertThat(asks(receiver, newest, sent(NOW.minus(Duration.ofHours(1)), List.of(newest)), BODY))
                .isEqualTo("false");
    }

    @Test
    void theDocumentNamesTheHeadersThatAreSent() throws IOException {
        String document = Files.readString(DOCUMENT);

        assertThat(sent(NOW, List.of(SigningSecret.random())).keySet().stream()
                        .filter(header -> header.contains("webhook") || header.startsWith("x-")))
                .hasSize(5)
                .allSatisfy(header -> assertThat(document).contains("| `" + header + "` |"));
    }

    private static Map<String, String> sent(Instant at, List<SigningSecret> secrets) {
        return new OutboundRequest(
                        "evt_1",
                        "account.verified",
                        new OutboundUrl("https://shop.example/"),
                        secrets,
                        true,
                        BODY,
                        Duration.ofSeconds(1),
                        0)
                .headers(at);
    }

    private String asks(Receiver receiver, SigningSecret secret, Map<String, String> headers, String body)
            throws Exception {
        Path program = folder.resolve("verify." + receiver.ending);
        Files.writeString(program, snippet(receiver.language) + receiver.call);
        return output(
                receiver.command,
                program.toString(),
                secret.text(),
                new JsonMapper().writeValueAsString(headers),
                Base64.getEncoder().encodeToString(body.getBytes(UTF_8)));
    }

    private static String snippet(String language) throws IOException {
        String document = Files.readString(DOCUMENT);
        String begin = "```" + language + "\n";
        int at = document.indexOf(begin) + begin.length();
        return document.substring(at, document.indexOf("```", at));
    }

    private static String output(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        process.waitFor();
        return said;
    }
}
