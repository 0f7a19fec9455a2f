package dev.frontdesk.endtoend.guides;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.endtoend.http.Answer;
import dev.frontdesk.endtoend.http.Gateway;
import dev.frontdesk.endtoend.stack.LocalStack;
import dev.frontdesk.localstack.servers.FreePorts;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A receiver of the guide to webhooks, with an endpoint that leads to it: both are made by the commands of the page. */
final class WebhookReceiver implements AutoCloseable {

    private static final Guide GUIDE = Guide.of("webhooks");

    enum Language {
        PYTHON("A receiver in Python", "python", "py"),
        NODE("A receiver in Node.js", "javascript", "js");

        private final String heading;
        private final String blocks;
        private final String ending;

        Language(String heading, String blocks, String ending) {
            this.heading = heading;
            this.blocks = blocks;
            this.ending = ending;
        }

        private Guide page() {
            return GUIDE.section(heading);
        }
    }

    private final LocalStack stack;
    private final Language language;
    private final int port = FreePorts.next();
    private final Path folder;
    private final Terminal terminal;
    private final List<Path> printed = new ArrayList<>();

    private WebhookReceiver(LocalStack stack, Language language, Path folder) {
        this.stack = stack;
        this.language = language;
        this.folder = folder;
        this.terminal = new Terminal(folder, stack.settings());
        terminal.export("RECEIVER_PORT", Integer.toString(port));
    }

    static WebhookReceiver started(LocalStack stack, Language language, Path folder) throws Exception {
        var receiver = new WebhookReceiver(stack, language, folder);
        receiver.terminal.write(
                "verify." + language.ending, GUIDE.section("Verify").block(language.blocks));
        receiver.terminal.write("receiver." + language.ending, language.page().block(language.blocks));
        receiver.followed("Create an endpoint");
        receiver.start();
        return receiver;
    }

    void start() throws IOException {
        stack.mustNotTell(secret());
        printed.add(terminal.runInBackground(language.page().blocks("bash").getFirst(), port));
    }

    void kill() {
        terminal.kill(port);
    }

    /** Runs the commands below a heading of the page. */
    String followed(String heading) throws IOException, InterruptedException {
        return terminal.run(GUIDE.section(heading).block("bash"));
    }

    /** Of what has arrived, by the command of the page: the events that contain this id or address as a whole. */
    List<String> stored(String text) throws IOException, InterruptedException {
        var whole = Pattern.compile("(?<![\\w-])" + Pattern.quote(text) + "(?![\\w-])")
                .asPredicate();
        return terminal.run(language.page().blocks("bash").getLast())
                .lines()
                .filter(whole)
                .toList();
    }

    /** In the database of the receiver in Python. */
    void execute(String sql) throws IOException, InterruptedException {
        terminal.run("""
                python3 -c 'import sqlite3, sys
                with sqlite3.connect("events.db", timeout=60) as database: database.execute(sys.argv[1])' "%s"
                """.formatted(sql));
    }

    /** What was done with an event, since the first start. */
    List<String> processed(String id) throws IOException {
        var lines = new ArrayList<String>();
        for (Path log : printed) {
            Files.readString(log)
                    .lines()
                    .filter(line -> line.startsWith("processed " + id + " "))
                    .forEach(lines::add);
        }
        return lines;
    }

    /** How many attempts for this event got a 2xx. */
    int attempts(String event) throws IOException, InterruptedException {
        String endpoint = terminal.run("echo $ENDPOINT").strip();
        return new Gateway(stack.gatewayUrl())
                .get(
                        "/api/v1/webhooks/endpoints/" + endpoint + "/attempts?succeeded=true&event_id=" + event,
                        "X-API-Key",
                        stack.operatorKey())
                .expect(200)
                .json()
                .get("attempts")
                .size();
    }

    String secret() throws IOException {
        return Files.readString(folder.resolve("webhook-secret")).strip();
    }

    /** Sends an event as Frontdesk does. */
    Answer send(String id, Instant at, String body, String signature) {
        return Gateway.notOurs(URI.create("http://127.0.0.1:" + port))
                .post(
                        "/hooks",
                        body,
                        "webhook-id",
                        id,
                        "webhook-timestamp",
                        Long.toString(at.getEpochSecond()),
                        "webhook-signature",
                        signature);
    }

    /** Sends only the head of a request; returns the answer, after which the receiver closes the connection. */
    String answerTo(String... head) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write((String.join("\r\n", head) + "\r\n\r\n").getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    static String signature(String secret, String id, Instant at, String body) throws GeneralSecurityException {
        assertThat(secret).startsWith("whsec_");
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        byte[] signed = (id + "." + at.getEpochSecond() + "." + body).getBytes(UTF_8);
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
    }

    @Override
    public void close() throws Exception {
        terminal.close();
        followed("Delete the endpoint");
    }
}
