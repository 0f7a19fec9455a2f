package dev.frontdesk.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.endtoend.http.Gateway;
import dev.frontdesk.endtoend.people.Browser;
import dev.frontdesk.endtoend.people.Person;
import dev.frontdesk.endtoend.people.Session;
import dev.frontdesk.endtoend.people.Socket;
import dev.frontdesk.endtoend.stack.LocalStack;
import dev.frontdesk.endtoend.stack.WithStack;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A user in a browser, whose session is in a cookie from login to logout. */
@WithStack
class BrowserIT {

    private static final String REFRESH = Person.SESSIONS + "/refresh";
    private static final String CURRENT = Person.SESSIONS + "/current";
    private static final int UNAUTHENTICATED = 4401;

    private final LocalStack stack;

    BrowserIT(LocalStack stack) {
        this.stack = stack;
    }

    @Test
    void holdsASessionThatOnlyItsOwnPagesCanUse() throws Exception {
        var browser = Person.withAccount(stack).opensABrowser();
        browser.logsIn("https://evil.example").expectProblem(ProblemType.FORBIDDEN);
        assertThat(browser.cookie(Browser.SESSION)).isEmpty();

        assertThat(browser.logsIn(browser.origin()).expect(201).json().has("token"))
                .isFalse();
        var first = browser.cookie(Browser.SESSION);
        assertThat(first).startsWith("fds_");
        assertThat(browser.cookie(Browser.DEVICE)).startsWith("fdd_");

        browser.get(Person.SESSIONS).expect(200);
        browser.isMadeToSend("POST", Session.TICKETS).expectProblem(ProblemType.FORBIDDEN);
        browser.isMadeToSend("DELETE", CURRENT).expectProblem(ProblemType.FORBIDDEN);
        var ticket = stack.mustNotTell(
                browser.sends("POST", Session.TICKETS).expect(201).field("ticket"));
        try (var socket = Socket.open(new Gateway(stack.gatewayUrl()), ticket)) {
            socket.next();

            var csrf = browser.cookie(Browser.CSRF);
            assertThat(browser.sends("POST", REFRESH).expect(200).json().has("token"))
                    .isFalse();
            assertThat(browser.cookie(Browser.SESSION)).startsWith("fds_").isNotEqualTo(first);
            assertThat(browser.cookie(Browser.CSRF)).isNotEqualTo(csrf);
            browser.get(Person.SESSIONS).expect(200);
            assertThat(socket.isOpen()).isTrue();

            browser.sends("DELETE", CURRENT).expect(204);
            assertThat(browser.cookie(Browser.SESSION)).isEmpty();
            assertThat(browser.cookie(Browser.DEVICE)).startsWith("fdd_");
            assertThat(socket.closeCode()).isEqualTo(UNAUTHENTICATED);
        }
        // The grace period of the token before the last one is over: the session has ended.
        var old = new Gateway(stack.gatewayUrl()).get(Person.SESSIONS, "Cookie", Browser.SESSION + "=" + first);
        old.expectProblem(ProblemType.UNAUTHENTICATED);
        assertThat(old.response().headers().allValues("Set-Cookie"))
                .hasSize(2)
                .allSatisfy(cookie -> assertThat(cookie).contains("; Max-Age=0;"));
    }

    @Test
    void writesATokenInAUrlDownNowhere() {
        var session = Person.withAccount(stack).logsIn();
        var gateway = new Gateway(stack.gatewayUrl());

        gateway.get("/api/v1/cache/names/" + session.token()).expectProblem(ProblemType.MALFORMED_REQUEST);
        gateway.get(Person.SESSIONS + "?access_token=" + session.token()).expectProblem(ProblemType.MALFORMED_REQUEST);

        assertThat(stack.traces().logsThatTell(List.of(session.token()))).isEmpty();
        session.list().expect(200);
    }
}
