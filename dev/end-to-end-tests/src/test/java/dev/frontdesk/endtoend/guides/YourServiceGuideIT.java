package dev.frontdesk.endtoend.guides;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.frontdesk.endtoend.http.Gateway;
import dev.frontdesk.endtoend.people.Person;
import dev.frontdesk.endtoend.people.Session;
import dev.frontdesk.endtoend.stack.LocalStack;
import dev.frontdesk.endtoend.stack.WithStack;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/guides/your-service.md. Needs Node.js, and Python with PyJWT: {@code mvn verify -Pother-languages}. */
@WithStack
@Tag("other-languages")
class YourServiceGuideIT {

    private static final String ASSERTION = "X-Frontdesk-Assertion";
    private static final String ROUTES = "/api/v1/admin/routes/";

    private final LocalStack stack;
    private final Gateway gateway;
    private final Guide guide = Guide.of("your-service");

    private Terminal terminal;
    private int port;

    YourServiceGuideIT(LocalStack stack) {
        this.stack = stack;
        this.gateway = Gateway.notOurs(stack.gatewayUrl());
    }

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        terminal = new Terminal(folder, stack.settings());
        port = Terminal.freePort();
        terminal.export("PORT", Integer.toString(port));
        // PyJWT is a package for Debian's Python; another one may come first.
        terminal.export("PATH", "/usr/bin:" + System.getenv("PATH"));
    }

    @AfterEach
    void close() {
        terminal.close();
        Stream.of("notes", "witness").forEach(this::remove);
    }

    @ParameterizedTest
    @CsvSource({"Java, java, Service.java", "JavaScript, javascript, service.mjs", "Python, python, service.py"})
    void knowsWhoCallsAndBelievesOnlyTheGateway(String heading, String language, String file) throws Exception {
        var ada = Person.withAccount(stack).logsIn();
        terminal.export("TOKEN", ada.token());
        var written = guide.section(heading);
        String variables = guide.section("Write it").blocks("bash").getFirst();
        terminal.write(file, written.block(language));
        terminal.runInBackground(variables + written.block("bash"), port);

        List<String> commands = guide.section("Put it behind the gateway").blocks("bash");
        terminal.run(variables + commands.getFirst());
        String printed = terminal.run(variables + commands.getLast());

        String id = ada.get("/api/v1/users/me").expect(200).field("id");
        var called =
                gateway.get("/notes/", "Authorization", "Bearer " + ada.token()).expect(200);
        assertThat(called.field("tenant")).isEqualTo("default");
        assertThat(called.field("kind")).isEqualTo("account");
        assertThat(called.field("id")).isEqualTo(id);
        assertThat(printed).contains(id, "\"status\":401", "The assertion is not valid.");
        refusesEveryOtherAssertion(ada);
    }

    private void remove(String route) {
        gateway.delete(ROUTES + route, "X-API-Key", stack.operatorKey());
    }

    private void refusesEveryOtherAssertion(Session ada) throws Exception {
        var service = Gateway.notOurs(URI.create("http://127.0.0.1:" + port));
        // Two applications can't have one audience.
        remove("notes");
        String ours = assertionFor("notes", ada);
        assertThat(service.get("/", ASSERTION, ours).expect(200).field("kind")).isEqualTo("account");

        String[] parts = ours.split("\\.");
        String keys = gateway.get("/.well-known/jwks.json").text();
        var unsigned = base64("{\"alg\":\"none\"}") + "." + parts[1] + ".";
        var symmetric = base64("{\"alg\":\"HS256\",\"kid\":\"%s\"}".formatted(keyId(parts[0]))) + "." + parts[1];
        var forgeries = List.of(
                assertionFor("another", ada),
                unsigned,
                symmetric + "." + hmac(symmetric, keys),
                ours.substring(0, ours.length() - 8) + "AAAAAAAA",
                parts[0] + "." + base64("{\"sub\":\"x\"}") + "." + parts[2],
                "garbage",
                ada.token());
        assertThat(forgeries)
                .allSatisfy(forged -> service.get("/", ASSERTION, forged).expect(401));
    }

    /** As an application with this audience gets it. */
    private String assertionFor(String audience, Session caller) throws Exception {
        var seen = new LinkedBlockingQueue<String>();
        var witness = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        witness.createContext("/", exchange -> {
            seen.add(String.valueOf(exchange.getRequestHeaders().getFirst(ASSERTION)));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        witness.start();
        try {
            String route = """
                    {"paths": ["/witness/**"], "upstreams": [{"url": "http://127.0.0.1:%d"}], "audience": "%s",
                     "allow": {"any_account": true}}""".formatted(witness.getAddress().getPort(), audience);
            String[] headers = {"X-API-Key", stack.operatorKey(), "Content-Type", "application/json"};
            assertThat(gateway.put(ROUTES + "witness", route.getBytes(UTF_8), headers)
                            .status())
                    .isIn(200, 201);
            gateway.get("/witness/a", "Authorization", "Bearer " + caller.token())
                    .expect(204);
            return stack.mustNotTell(seen.remove());
        } finally {
            witness.stop(0);
        }
    }

    private static String keyId(String header) {
        String json = new String(Base64.getUrlDecoder().decode(header), UTF_8);
        return json.replaceAll(".*\"kid\":\"([^\"]+)\".*", "$1");
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private static String hmac(String signed, String key) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
    }
}
