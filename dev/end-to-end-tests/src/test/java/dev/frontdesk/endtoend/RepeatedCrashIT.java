package dev.frontdesk.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.endtoend.people.Person;
import dev.frontdesk.endtoend.people.SignUpLoad;
import dev.frontdesk.endtoend.stack.LocalStack;
import dev.frontdesk.endtoend.stack.WithStack;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * registration-service is killed repeatedly under load, and no acknowledged change is lost or made twice. {@code
 * -Dfrontdesk.kills=50} for a long run.
 */
@WithStack
class RepeatedCrashIT {

    private static final int KILLS = Integer.getInteger("frontdesk.kills", 1);

    /** Acknowledged before each kill: by then there are some at every step. */
    private static final int SIGN_UPS = 12;

    private static final Duration LONG = Duration.ofMinutes(1);

    private final LocalStack stack;

    RepeatedCrashIT(LocalStack stack) {
        this.stack = stack;
    }

    @Test
    void losesNothingThatItAcknowledged() {
        try (var load = SignUpLoad.signingUp(stack)) {
            try {
                for (int kill = 1; kill <= KILLS; kill++) {
                    awaitSignUps(load);
                    stack.kill("REGISTRATION");
                    stack.startAgain("REGISTRATION");
                }
                awaitSignUps(load);
            } finally {
                load.stops();
            }

            var mails = load.signedUp().stream()
                    .map(person -> load.mailsWithACode(person, LONG))
                    .toList();
            long doubled = load.all().stream()
                    .filter(person -> load.mailsWithACode(person) > 1)
                    .count();
            long pendingLost = load.signedUp().stream()
                    .filter(person -> !load.isVerified(person) && !isKept(person))
                    .count();
            long accountsLost = load.verified().stream()
                    .filter(person -> stack.postgres().accounts(person.email()) != 1)
                    .count();
            System.out.printf(
                    "Killed %d times: %d sign-ups tried, %d acknowledged, %d lost; %d accounts acknowledged, %d lost;"
                            + " mails per acknowledged sign-up: %s%n",
                    KILLS,
                    load.all().size(),
                    mails.size(),
                    pendingLost,
                    load.verified().size(),
                    accountsLost,
                    mails.stream().distinct().toList());

            assertThat(load.verified()).isNotEmpty();
            assertThat(pendingLost).isZero();
            assertThat(accountsLost).isZero();
            assertThat(mails).containsOnly(1L);
            assertThat(doubled).isZero();
        }
    }

    /** A person whose correct code got no response may already have an account. */
    private boolean isKept(Person person) {
        return stack.redis().pendingRegistration(person.email()).isPresent()
                || stack.postgres().pendingRegistrations(person.email()) == 1
                || stack.postgres().accounts(person.email()) == 1;
    }

    private static void awaitSignUps(SignUpLoad load) {
        int before = load.signedUp().size();
        await().atMost(LONG).until(() -> load.signedUp().size() >= before + SIGN_UPS);
    }
}
