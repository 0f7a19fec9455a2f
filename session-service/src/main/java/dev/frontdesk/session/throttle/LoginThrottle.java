package dev.frontdesk.session.throttle;

import static dev.frontdesk.session.throttle.ThrottleProperties.millis;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.LuaScript;
import dev.frontdesk.kit.tracing.TraceLog;
import dev.frontdesk.kit.values.ClientRange;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.session.devices.DeviceToken;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Limits failed logins (ASVS 6.3.1; NIST SP 800-63B, 3.2.2) by name, by client and by tenant, and counts them before
 * their result is known. A device that has logged in with a name before is counted separately for that name: strangers
 * cannot lock it out. Fails closed: an error that is not a problem means that Redis did not respond, and then the
 * password must not be checked.
 */
@Component
public class LoginThrottle {

    private static final Logger log = LoggerFactory.getLogger(LoginThrottle.class);

    private static final LuaScript ADMIT = new LuaScript("throttle/admit_login");
    private static final LuaScript SETTLE = LuaScript.alsoWhenFull("throttle/settle_login");

    /** Far longer than a password check takes. If the result comes later, the login stays counted. */
    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(1);

    /**
     * About eight seconds, which fits into the gateway's ten: a password check takes tens of milliseconds, on a busy
     * machine hundreds, and a few run in parallel.
     */
    private static final int ASKS_AGAIN = 22;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(400);

    private final ReactiveStringRedisTemplate redis;
    private final ThrottleKeys keys;
    private final ThrottleProperties limits;
    private final Clock clock;
    private final Retry whileOthersAreInFlight;

    @Autowired
    LoginThrottle(ReactiveStringRedisTemplate redis, KeySpace keys, ThrottleProperties limits, Clock clock) {
        this(redis, keys, limits, clock, ASKS_AGAIN);
    }

    /** @param asksAgain maximum number of retries of a login that waits for others in flight */
    LoginThrottle(
            ReactiveStringRedisTemplate redis, KeySpace keys, ThrottleProperties limits, Clock clock, int asksAgain) {
        this.redis = redis;
        this.keys = new ThrottleKeys(keys);
        this.limits = limits;
        this.clock = clock;
        this.whileOthersAreInFlight = Retry.backoff(asksAgain, FIRST_PAUSE)
                .maxBackoff(LONGEST_PAUSE)
                .filter(LoginsInFlight.class::isInstance)
                .onRetryExhaustedThrow((_, last) -> last.failure());
    }

    /**
     * Counts a login as if it had failed. Waits while as many logins are in flight as may fail.
     *
     * @param device the token that the client sent; an unknown device counts as none
     * @return fails after too many failures with a problem that contains the time to wait, the same whatever the
     *     password, and with {@link LoginsInFlight} when the logins in flight take too long
     */
    public Mono<AdmittedLogin> admit(TenantId tenant, LoginName name, ClientRange range, @Nullable DeviceToken device) {
        return admit(UUID.randomUUID(), tenant, name, range, device);
    }

    Mono<AdmittedLogin> admit(
            UUID id, TenantId tenant, LoginName name, ClientRange range, @Nullable DeviceToken device) {
        var counted = keys.of(tenant, name, range, device, id);
        var args = new ArrayList<>(List.of(
                id.toString(),
                millis(SETTLED_WITHIN),
                device == null ? "" : device.hash(),
                Integer.toString(limits.tenant().failures()),
                millis(limits.tenant().window())));
        args.addAll(List.of(limits.name().args()));
        args.addAll(List.of(limits.range().args()));
        args.addAll(List.of(limits.device().args()));
        return Mono.defer(() -> ADMIT.run(redis, counted, at(clock.millis(), args)))
                .onErrorResume(unanswered ->
                        takeBack(new AdmittedLogin(id, counted, null)).then(Mono.error(unanswered)))
                .map(reply -> switch (reply.getFirst()) {
                    case "admitted" ->
                        new AdmittedLogin(id, counted, reply.get(1).equals("known") ? device : null);
                    case "in_flight" ->
                        throw new LoginsInFlight(Long.parseLong(reply.get(1)), Long.parseLong(reply.get(2)));
                    default -> throw refused(reply);
                })
                .retryWhen(whileOthersAreInFlight);
    }

    private static List<String> at(long now, List<String> args) {
        var all = new ArrayList<String>(args.size() + 1);
        all.add(Long.toString(now));
        all.addAll(args);
        return all;
    }

    /** The device of this login, or the new one that it gets if the login succeeds. Stores nothing yet. */
    public LoggedInDevice deviceOf(AdmittedLogin login) {
        var known = login.knownDevice();
        return new LoggedInDevice(
                known == null ? DeviceToken.generate() : known,
                known != null,
                limits.devices().knownFor());
    }

    /**
     * The session is open: resets the failures of the name and stores the device as known. If this cannot be stored,
     * the login stays counted and the device is unknown at the next login; neither is a reason to refuse the session.
     */
    public Mono<Void> succeeded(AdmittedLogin login, LoggedInDevice device) {
        return SETTLE.run(
                        redis,
                        login.keys(),
                        List.of(
                                login.id().toString(),
                                "succeeded",
                                millisNow(),
                                device.known() ? "known" : "new",
                                device.token().hash(),
                                millis(limits.devices().knownFor()),
                                Integer.toString(limits.devices().most())))
                .then()
                .onErrorResume(error -> TraceLog.line(() -> log.warn(
                        "Successful login not recorded: it stays counted, no device known: {}", error.toString())));
    }

    /**
     * The password was wrong. If this cannot be stored, the login stays in flight for a minute and then counts as a
     * failure.
     */
    public Mono<Void> failed(AdmittedLogin login) {
        return SETTLE.run(redis, login.keys(), List.of(login.id().toString(), "failed"))
                .then()
                .onErrorResume(error -> TraceLog.line(() ->
                        log.warn("Failed login not recorded: it counts as in flight for now: {}", error.toString())));
    }

    /**
     * The password was not checked. If this cannot be stored, the login stays counted. A Redis server that was frozen
     * runs both scripts later, in this order.
     */
    public Mono<Void> takeBack(AdmittedLogin login) {
        return SETTLE.run(redis, login.keys(), List.of(login.id().toString(), "unseen"))
                .then()
                .onErrorResume(error -> TraceLog.line(
                        () -> log.warn("Login without a password check stays counted: {}", error.toString())));
    }

    private static ProblemException refused(List<String> reply) {
        String whose = reply.get(1);
        return new ProblemException(ProblemType.TOO_MANY_FAILED_LOGINS, "Try again after Retry-After.")
                .limited("failed_logins_of_" + whose, Long.parseLong(reply.get(2)), Long.parseLong(reply.get(3)))
                .retryAfter(Duration.ofMillis(Long.parseLong(reply.get(4))));
    }

    private String millisNow() {
        return Long.toString(clock.millis());
    }
}
