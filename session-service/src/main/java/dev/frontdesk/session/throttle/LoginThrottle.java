package dev.frontdesk.session.throttle;

import static dev.frontdesk.session.throttle.ThrottleProperties.millis;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.LuaScript;
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
 * Failed logins (ASVS 6.3.1; NIST SP 800-63B, 3.2.2), counted by name, by client and by tenant, before anybody knows whether
 * they fail. A device that has logged in with a name before is counted by itself there: strangers can't lock it out. Fails
 * closed: an error that is no problem says that Redis did not answer, and then no password should be looked at.
 */
@Component
public class LoginThrottle {

    private static final Logger log = LoggerFactory.getLogger(LoginThrottle.class);

    private static final LuaScript ADMIT = new LuaScript("throttle/admit_login");
    private static final LuaScript SETTLE = LuaScript.alsoWhenFull("throttle/settle_login");

    /** Far longer than a check of a password takes. Whose verdict comes later stays counted. */
    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(1);

    /**
     * Some eight seconds, which is what the gateway's ten leave: a password takes tens of milliseconds, on a busy machine hundreds,
     * and a few are looked at side by side.
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

    /** @param asksAgain how often a login that others in flight keep from coming in asks again */
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
     * Counts a login, as if it had failed. While as many are in flight as may fail, it waits for them.
     *
     * @param device what the client has shown; a stranger's is as good as none
     * @return a problem that says how long to wait, the same whatever the password, when there were too many failures;
     *     {@link LoginsInFlight} when those in flight take too long
     */
    public Mono<Admission> admit(TenantId tenant, LoginName name, ClientRange range, @Nullable DeviceToken device) {
        return admit(UUID.randomUUID(), tenant, name, range, device);
    }

    Mono<Admission> admit(UUID id, TenantId tenant, LoginName name, ClientRange range, @Nullable DeviceToken device) {
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
                .onErrorResume(
                        unanswered -> takeBack(new Admission(id, counted, null)).then(Mono.error(unanswered)))
                .map(reply -> switch (reply.getFirst()) {
                    case "admitted" -> new Admission(id, counted, reply.get(1).equals("known") ? device : null);
                    case "in_flight" ->
                        throw new LoginsInFlight(Long.parseLong(reply.get(1)), Long.parseLong(reply.get(2)));
                    default -> throw refused(tenant, reply);
                })
                .retryWhen(whileOthersAreInFlight);
    }

    private static List<String> at(long now, List<String> args) {
        var all = new ArrayList<String>(args.size() + 1);
        all.add(Long.toString(now));
        all.addAll(args);
        return all;
    }

    /** The device that this login comes from, or is to be known as from its success on. Nothing is noted yet. */
    public LoggedInDevice deviceOf(Admission login) {
        var known = login.knownDevice();
        return new LoggedInDevice(
                known == null ? DeviceToken.generate() : known,
                known != null,
                limits.devices().knownFor());
    }

    /**
     * The session is open: the name has no failures any more, and its device is known from now on. When that can't be noted,
     * the login stays counted and the device is a stranger at the next one; neither is a reason to refuse the session.
     */
    public Mono<Void> succeeded(Admission login, LoggedInDevice device) {
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
                .onErrorResume(error -> {
                    log.warn("A login that succeeded stays counted, its device unknown: {}", error.toString());
                    return Mono.empty();
                });
    }

    /**
     * The password was wrong. When that can't be noted, the login stays in flight for a minute, and is a failure then.
     */
    public Mono<Void> failed(Admission login) {
        return SETTLE.run(redis, login.keys(), List.of(login.id().toString(), "failed"))
                .then()
                .onErrorResume(error -> {
                    log.warn("A login that failed counts as one in flight for now: {}", error.toString());
                    return Mono.empty();
                });
    }

    /**
     * Nobody has looked at the password. When that can't be noted, the login stays counted. A Redis that was frozen reads both
     * scripts later, in this order.
     */
    public Mono<Void> takeBack(Admission login) {
        return SETTLE.run(redis, login.keys(), List.of(login.id().toString(), "unseen"))
                .then()
                .onErrorResume(error -> {
                    log.warn("A login whose password nobody has seen stays counted: {}", error.toString());
                    return Mono.empty();
                });
    }

    private static ProblemException refused(TenantId tenant, List<String> reply) {
        String whose = reply.get(1);
        log.debug("Too many failed logins in tenant {}, of one {}", tenant, whose);
        return new ProblemException(ProblemType.TOO_MANY_FAILED_LOGINS, "Wait, then try again.")
                .limited("failed_logins_of_" + whose, Long.parseLong(reply.get(2)), Long.parseLong(reply.get(3)))
                .retryAfter(Duration.ofMillis(Long.parseLong(reply.get(4))));
    }

    private String millisNow() {
        return Long.toString(clock.millis());
    }
}
