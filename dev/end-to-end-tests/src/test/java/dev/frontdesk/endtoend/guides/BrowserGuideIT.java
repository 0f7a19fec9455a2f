package dev.frontdesk.endtoend.guides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.endtoend.http.Gateway;
import dev.frontdesk.endtoend.people.Browser;
import dev.frontdesk.endtoend.people.Inbox;
import dev.frontdesk.endtoend.people.Person;
import dev.frontdesk.endtoend.people.Tenant;
import dev.frontdesk.endtoend.stack.LocalStack;
import dev.frontdesk.endtoend.stack.WithStack;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Cookie;

/** docs/guides/browser.md in a browser. Needs Node.js and Chromium: {@code mvn verify -Pother-languages}. */
@Tag("other-languages")
@WithStack
class BrowserGuideIT {

    private static final Guide GUIDE = Guide.of("browser");

    private static Terminal terminal;
    private static Chromium chromium;
    private static String page;

    private final LocalStack stack;
    private final Gateway gateway;

    BrowserGuideIT(LocalStack stack) {
        this.stack = stack;
        this.gateway = new Gateway(stack.gatewayUrl());
    }

    @BeforeAll
    static void servesThePage(LocalStack stack, @TempDir Path folder) throws Exception {
        terminal = new Terminal(folder, stack.settings());
        for (var file : GUIDE.files().entrySet()) {
            terminal.write(file.getKey(), file.getValue());
        }
        var development = GUIDE.section("The development server").blocks("bash");
        terminal.run(development.get(0));
        page = "http://localhost:" + serve(development.get(1));
        chromium = Chromium.start();
    }

    @AfterAll
    static void ends() {
        if (chromium != null) {
            chromium.close();
        }
        if (terminal != null) {
            terminal.close();
        }
    }

    private static int serve(String command) throws IOException {
        int port = Terminal.freePort();
        terminal.export("PAGE_PORT", Integer.toString(port));
        terminal.runInBackground(command, port);
        return port;
    }

    @BeforeEach
    void opensThePage() {
        chromium.forgetsItsCookies();
        chromium.open(page);
        chromium.shows("login", "Log in");
    }

    @Test
    void leadsFromSignUpToLogout() throws Exception {
        var person = Person.speaking(stack, "en");
        chromium.photograph("login");
        chromium.press("Sign up");
        seesWhichFieldsAreWrong();
        signsUp(person);
        entersTheCode(person);
        logsIn(person);

        chromium.type("first_name", "Grace");
        chromium.type("last_name", "Hopper");
        chromium.press("Save");
        chromium.says("Saved.");
        chromium.shows("account", "Grace Hopper");
        chromium.photograph("account");
        chromium.reload();
        chromium.shows("account", "Grace Hopper");

        var session = session();
        assertThat(session.isHttpOnly()).isTrue();
        assertThat(chromium.documentCookie())
                .contains(Browser.CSRF + "=")
                .doesNotContain(session.getValue(), Browser.SESSION, Browser.DEVICE);
        needsTheCsrfTokenToChangeAnything();

        chromium.press("Log out");
        chromium.shows("login", "Log in");
        chromium.says("You have logged out.");
        assertThat(chromium.cookie(Browser.SESSION)).isNull();
        gateway.get("/api/v1/users/me", "Cookie", Browser.SESSION + "=" + session.getValue())
                .expectProblem(ProblemType.UNAUTHENTICATED);
        chromium.reload();
        chromium.shows("login", "Log in");
        assertThat(chromium.violations()).isEmpty();
    }

    private void seesWhichFieldsAreWrong() throws IOException {
        chromium.shows("sign-up", "Sign up");
        assertThat(chromium.hasFocus("first_name")).isTrue();
        assertThat(chromium.label("email")).isEqualTo("E-mail address");
        chromium.type("email", "ada");
        chromium.type("last_name", "Işık");
        chromium.type("password", "short");
        chromium.press("Sign up");
        chromium.says("Please correct what is marked.");
        assertThat(chromium.error("first_name")).startsWith("First name must ");
        assertThat(chromium.error("last_name")).isEmpty();
        assertThat(chromium.error("email")).startsWith("E-mail address must ");
        assertThat(chromium.error("password")).isEqualTo("Password must have 8 to 128 characters.");
        assertThat(chromium.hasFocus("first_name")).isTrue();
        chromium.photograph("wrong-fields");
    }

    private void signsUp(Person person) {
        chromium.type("first_name", "Ada");
        chromium.type("email", person.email());
        chromium.type("password", person.password());
        chromium.press("Sign up");
        chromium.shows("code", "Check your mail");
        chromium.says(person.email());
    }

    private void entersTheCode(Person person) throws IOException {
        chromium.type("code", "12");
        chromium.press("Verify");
        chromium.says("Please correct what is marked.");
        assertThat(chromium.error("code")).isEqualTo("Code must be six digits.");

        var inbox = new Inbox(stack.inboxUrl());
        String code = inbox.mailTo(person.email()).code();
        chromium.type("code", code.equals("000000") ? "000001" : "000000");
        chromium.press("Verify");
        chromium.says("The code is wrong or no longer valid.");
        assertThat(chromium.error("code")).isEmpty();
        chromium.photograph("code");

        await().atMost(Duration.ofMinutes(1)).until(() -> {
            chromium.press("Send another code");
            return chromium.message().startsWith("We have sent another code.");
        });
        chromium.type("code", inbox.mailTo(person.email(), "", 2).code());
        chromium.press("Verify");
        chromium.shows("login", "Log in");
        chromium.says("Your address is verified. You can log in now.");
        assertThat(chromium.value("email")).isEqualTo(person.email());
    }

    private void logsIn(Person person) {
        chromium.type("email", person.email());
        chromium.type("password", "wrong password");
        chromium.press("Log in");
        chromium.says("The address or the password is wrong.");
        chromium.type("password", person.password());
        chromium.press("Log in");
        chromium.shows("account", "Ada Işık");
        assertThat(chromium.value("last_name")).isEqualTo("Işık");
    }

    private Cookie session() {
        var session = Objects.requireNonNull(chromium.cookie(Browser.SESSION));
        stack.mustNotTell(session.getValue());
        return session;
    }

    /** Also shows that the development server passes sockets on, with the page's Origin. */
    private void needsTheCsrfTokenToChangeAnything() {
        assertThat(chromium.inThePage("""
                const answer = await fetch('/api/v1/realtime/tickets', { method: 'POST' });
                return answer.status + ' ' + (await answer.json()).type;
                """)).isEqualTo("403 " + ProblemType.FORBIDDEN.uri());
        assertThat(chromium.inThePage("""
                const token = document.cookie.match(/__Host-frontdesk-csrf=([^;]+)/)[1];
                const answer = await fetch('/api/v1/realtime/tickets', { method: 'POST', headers: { 'X-CSRF-Token': token } });
                const { ticket } = await answer.json();
                const socket = new WebSocket('/ws?ticket=' + ticket);
                return await new Promise(done => {
                  socket.onmessage = () => done('a message');
                  socket.onclose = event => done('closed: ' + event.code);
                });
                """)).isEqualTo("a message");
    }

    @Test
    void goesBackToTheLoginWhenTheSessionHasEnded() {
        var person = Person.withAccount(stack);
        logsIn(person);
        person.logsIn().delete(Person.SESSIONS).expect(200);

        chromium.press("Save");
        chromium.shows("login", "Log in");
        chromium.says("Your session has ended.");
        assertThat(chromium.cookie(Browser.SESSION)).isNull();
    }

    @Test
    void saysWhenToTryAgain() throws Exception {
        var person = Person.speaking(stack, "en");
        for (int signUp = 0; signUp < 3; signUp++) {
            person.registers().expect(202);
        }
        chromium.press("Sign up");
        chromium.type("first_name", "Ada");
        chromium.type("last_name", "Işık");
        chromium.type("email", person.email());
        chromium.type("password", person.password());
        chromium.press("Sign up");
        chromium.says("That was too often. Try again in ");
        chromium.photograph("too-often");
        chromium.isOffline(true);
        chromium.press("Sign up");
        chromium.says("There is no connection to the server.");
        chromium.isOffline(false);
    }

    @Test
    void waitsForAServiceThatIsDown() throws Exception {
        var person = Person.withAccount(stack);
        logsIn(person);
        stack.kill("REGISTRATION");
        try {
            chromium.press("Save");
            chromium.says("This does not work at the moment. Try again in ");
            chromium.reload();
            chromium.shows("unavailable", "Not available");
            chromium.says("This does not work at the moment. Try again in ");
            chromium.photograph("unavailable");
        } finally {
            stack.startAgain("REGISTRATION");
        }
        chromium.press("Try again");
        chromium.shows("account", "Ada Işık");
        chromium.press("Log out");
        chromium.shows("login", "Log in");
    }

    @Test
    void isARouteOfTheGateway() throws Exception {
        var production = GUIDE.section("The page as a route of the gateway").blocks("bash");
        terminal.run(production.get(0));
        serve(production.get(1));
        terminal.run(production.get(2));
        try {
            String url = "http://localhost:" + stack.gatewayUrl().getPort();
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(Gateway.notOurs(URI.create(url))
                                    .get("/", "Accept", "text/html")
                                    .expect(200)
                                    .header("Content-Security-Policy"))
                            .isEqualTo("frame-ancestors 'none'"));
            chromium.open(url);
            chromium.shows("login", "Log in");
            logsIn(Person.withAccount(stack));
            chromium.press("Save");
            chromium.says("Saved.");
            chromium.press("Log out");
            chromium.shows("login", "Log in");
            assertThat(chromium.violations()).isEmpty();
        } finally {
            gateway.delete("/api/v1/admin/routes/page", "X-API-Key", stack.operatorKey());
        }
    }

    @Test
    void isOnAnotherOriginThatTheTenantAllows() throws Exception {
        var tenant = Tenant.created(stack);
        terminal.export("TENANT", tenant.id());
        terminal.run(GUIDE.section("The page on another origin").block("bash"));
        String[] sender = {"X-Tenant-Id", tenant.id(), "Origin", "https://shop.example"};
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(gateway.get("/api/v1/users/me", sender).header("Access-Control-Allow-Origin"))
                                .isEqualTo("https://shop.example"));
    }
}
