package dev.frontdesk.endtoend.people;

import static org.awaitility.Awaitility.await;

import dev.frontdesk.endtoend.http.Gateway;
import dev.frontdesk.endtoend.stack.LocalStack;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/** People who sign up one after the other, half of them to the end, whatever the service returns in the meantime. */
public final class SignUpLoad implements AutoCloseable {

    private static final int AT_ONCE = 4;
    private static final Duration CODE_WITHIN = Duration.ofSeconds(30);
    private static final Duration AGAIN_WITHIN = Duration.ofMinutes(2);
    private static final Duration LOOKS_EVERY = Duration.ofMillis(500);
    private static final Pattern CODE = Pattern.compile("(?<![0-9])[0-9]{6}(?![0-9])");

    private final LocalStack stack;
    private final Inbox inbox;
    private final Collection<Person> all = new ConcurrentLinkedQueue<>();
    private final Set<Person> signedUp = ConcurrentHashMap.newKeySet();
    private final Set<Person> verified = ConcurrentHashMap.newKeySet();
    private final ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean stopped;

    private SignUpLoad(LocalStack stack) {
        this.stack = stack;
        this.inbox = new Inbox(stack.inboxUrl());
    }

    public static SignUpLoad signingUp(LocalStack stack) {
        var load = new SignUpLoad(stack);
        for (int i = 0; i < AT_ONCE; i++) {
            boolean toTheEnd = i % 2 == 0;
            load.people.execute(() -> load.goOn(toTheEnd));
        }
        return load;
    }

    private void goOn(boolean toTheEnd) {
        while (!stopped) {
            var person = Person.speaking(stack, "en");
            all.add(person);
            if (person.registers().status() == 202) {
                signedUp.add(person);
                if (toTheEnd) {
                    verify(person);
                }
            } else {
                awaitTheService();
            }
        }
    }

    /** Clients pause instead of retrying ten times a second. */
    private void awaitTheService() {
        var gateway = new Gateway(stack.gatewayUrl());
        await("registration-service")
                .atMost(AGAIN_WITHIN)
                .pollDelay(LOOKS_EVERY)
                .pollInterval(LOOKS_EVERY)
                .until(() -> stopped
                        || !"unhealthy"
                                .equals(gateway.get("/health")
                                        .json()
                                        .at("/services/registration-service/status")
                                        .asString()));
    }

    /** Once: a person whose verification fails still has a valid code and would try again later. */
    private void verify(Person person) {
        await("the code of " + person.email()).atMost(CODE_WITHIN).until(() -> stopped || mailsWithACode(person) > 0);
        if (!stopped && person.proves(person.mail().code()).status() == 201) {
            verified.add(person);
        }
    }

    /** All people, acknowledged or not. */
    public List<Person> all() {
        return List.copyOf(all);
    }

    /** The people who got 202. */
    public List<Person> signedUp() {
        return List.copyOf(signedUp);
    }

    /** The people who got 201. */
    public List<Person> verified() {
        return List.copyOf(verified);
    }

    public boolean isVerified(Person person) {
        return verified.contains(person);
    }

    public long mailsWithACode(Person person) {
        return inbox.mailsTo(person.email()).stream()
                .filter(mail -> CODE.matcher(mail.text()).find())
                .count();
    }

    /** Waits until there is one. */
    public long mailsWithACode(Person person, Duration within) {
        return await("a code for " + person.email())
                .atMost(within)
                .until(() -> mailsWithACode(person), mails -> mails > 0);
    }

    /** Returns when all people have their last response. */
    public void stops() {
        stopped = true;
        people.close();
    }

    @Override
    public void close() {
        stops();
    }
}
