package dev.frontdesk.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.endtoend.people.Inbox;
import dev.frontdesk.endtoend.people.Person;
import dev.frontdesk.endtoend.people.Session;
import dev.frontdesk.endtoend.stack.LocalStack;
import dev.frontdesk.endtoend.stack.WithStack;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** From sign-up to a live notification and logout. */
@WithStack
class JourneyIT {

    /** Close code: the ticket is invalid or used, or the session has ended. */
    private static final int UNAUTHENTICATED = 4401;

    private final LocalStack stack;

    JourneyIT(LocalStack stack) {
        this.stack = stack;
    }

    @ParameterizedTest
    @CsvSource({"en, Your verification code, Welcome, New sign-in", "tr, Doğrulama kodunuz, Hoş geldiniz, Yeni giriş"})
    void leadsFromSignUpToALiveNotification(String locale, String subject, String welcome, String signIn)
            throws Exception {
        var person = Person.speaking(stack, locale);
        registers(person);
        var mail = isSentACode(person, locale, subject);
        provesTheAddress(person, mail, locale);

        var session = person.logsIn();
        seesOneSession(session);

        var ticket = session.ticket();
        try (var socket = session.socket(ticket)) {
            isNotification(socket.next(), 1, "account.verified", welcome);
            opensNothingAgain(session, ticket);

            person.logsIn();
            isNotification(socket.next(), 2, "session.opened", signIn);

            assertThat(socket.isOpen()).isTrue();
            session.logsOut().expect(204);
            session.list().expectProblem(ProblemType.UNAUTHENTICATED);
            assertThat(socket.closeCode()).isEqualTo(UNAUTHENTICATED);
        }
    }

    private void registers(Person person) {
        var answer = person.registers().expect(202);

        assertThat(answer.field("status")).isEqualTo("pending");
        assertThat(answer.field("email")).isEqualTo(person.email());
        assertThat(Instant.parse(answer.field("expires_at"))).isAfter(Instant.now());
        assertThat(Instant.parse(answer.field("resend_at"))).isBefore(Instant.parse(answer.field("expires_at")));
        assertThat(stack.postgres().accounts(person.email())).isZero();
        assertThat(stack.redis().pendingRegistration(person.email()))
                .hasValueSatisfying(ttl -> assertThat(ttl).isBetween(Duration.ofHours(23), Duration.ofHours(24)));
        person.triesToLogIn().expectProblem(ProblemType.WRONG_CREDENTIALS);
    }

    private static Inbox.Mail isSentACode(Person person, String locale, String subject) {
        var mail = person.mail();

        assertThat(mail.subject()).contains(subject);
        assertThat(mail.code()).hasSize(6);
        assertThat(mail.text()).contains("Ada").doesNotContain("<p");
        assertThat(mail.html()).contains("lang=\"" + locale + "\"", mail.code(), "Ada");
        return mail;
    }

    private void provesTheAddress(Person person, Inbox.Mail mail, String locale) {
        var account = person.proves(mail.code()).expect(201);

        assertThat(UUID.fromString(account.field("id"))).isNotNull();
        assertThat(account.field("email")).isEqualTo(person.email());
        assertThat(account.field("first_name")).isEqualTo("Ada");
        assertThat(account.field("last_name")).isEqualTo("Işık");
        assertThat(account.field("phone")).isEqualTo("+905551234567");
        assertThat(account.field("locale")).isEqualTo(locale);
        assertThat(Instant.parse(account.field("created_at"))).isBeforeOrEqualTo(Instant.now());
        assertThat(stack.postgres().accounts(person.email())).isEqualTo(1);
        assertThat(stack.redis().pendingRegistration(person.email())).isEmpty();
        person.proves(mail.code()).expectProblem(ProblemType.WRONG_VERIFICATION_CODE);
    }

    private static void seesOneSession(Session session) {
        var sessions = session.list().expect(200).json().get("sessions");

        assertThat(sessions.size()).isEqualTo(1);
        assertThat(sessions.get(0).get("id").asString()).isEqualTo(session.id());
        assertThat(sessions.get(0).get("current").asBoolean()).isTrue();
    }

    private static void opensNothingAgain(Session session, String ticket) throws Exception {
        try (var again = session.socket(ticket)) {
            assertThat(again.closeCode()).isEqualTo(UNAUTHENTICATED);
            assertThat(again.hasFrames()).isFalse();
        }
    }

    private static void isNotification(JsonNode frame, long seq, String kind, String title) {
        assertThat(frame.get("type").asString()).isEqualTo("notification");
        assertThat(frame.get("seq").asLong()).isEqualTo(seq);
        assertThat(UUID.fromString(frame.get("id").asString())).isNotNull();
        assertThat(frame.get("kind").asString()).isEqualTo(kind);
        assertThat(frame.get("title").asString()).startsWith(title);
        assertThat(frame.get("body").asString()).isNotBlank();
        assertThat(Instant.parse(frame.get("created_at").asString())).isBeforeOrEqualTo(Instant.now());
    }
}
