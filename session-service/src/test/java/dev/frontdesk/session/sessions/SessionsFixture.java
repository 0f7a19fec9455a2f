package dev.frontdesk.session.sessions;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static java.util.Objects.requireNonNull;

import dev.frontdesk.contracts.credentials.VerifiedCredentials;
import dev.frontdesk.contracts.events.Event;
import dev.frontdesk.contracts.events.EventType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.events.EventCodec;
import dev.frontdesk.kit.events.EventRecorder;
import dev.frontdesk.kit.events.RedisOutbox;
import dev.frontdesk.kit.events.StoredEvent;
import dev.frontdesk.kit.redis.DirectRedis;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.testsupport.clock.MutableClock;
import dev.frontdesk.testsupport.servers.TestServers;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Sessions on a real Redis Cluster (what works there also works on a single server) in their own key space, with a
 * movable clock and a second connection for checks.
 */
final class SessionsFixture implements AutoCloseable {

    static final TenantId ACME = new TenantId("acme");

    final MutableClock clock = MutableClock.at("2026-11-21T10:00:00Z");
    final StringRedisTemplate redis;
    final SessionKeys keys;
    final Sessions sessions;
    final Revocations revocations;

    private final EventCodec codec = new EventCodec();
    private final RedisOutbox outbox;
    private final LettuceConnectionFactory connections;
    private final StatefulRedisClusterConnection<String, String> direct;

    SessionsFixture() {
        this(limits(100));
    }

    static SessionsProperties limits(int maxPerAccount) {
        return new SessionsProperties(ofDays(7), ofDays(30), ofMinutes(1), ofSeconds(10), maxPerAccount);
    }

    SessionsFixture(SessionsProperties limits) {
        connections = new LettuceConnectionFactory(
                new RedisClusterConfiguration(TestServers.redisCluster().nodes()));
        connections.afterPropertiesSet();
        connections.start();
        redis = new StringRedisTemplate(connections);
        var keySpace = new KeySpace(UUID.randomUUID().toString());
        keys = new SessionKeys(keySpace);
        outbox = new RedisOutbox(keySpace, "session-outbox");
        var template = new ReactiveStringRedisTemplate(connections);
        var recorder = new EventRecorder(codec, clock);
        direct = ((RedisClusterClient) connections.getRequiredNativeClient()).connect();
        var scripts = new SessionScripts(template, new DirectRedis(() -> direct), keySpace, outbox, recorder, clock);
        sessions = new Sessions(scripts, limits);
        revocations = new Revocations(scripts);
    }

    static VerifiedCredentials someAccount() {
        return new VerifiedCredentials(UUID.randomUUID(), "tr", Set.of("editor"), 0);
    }

    /** The state after that many changes. */
    static VerifiedCredentials with(long credentialsVersion, VerifiedCredentials account) {
        return new VerifiedCredentials(account.accountId(), account.locale(), account.roles(), credentialsVersion);
    }

    static NewSession opening() {
        return opening(UserAgent.of("curl/8"));
    }

    static NewSession opening(UserAgent agent) {
        return new NewSession(UUID.randomUUID(), true, "Ada's phone", agent, "203.0.113.7");
    }

    OpenedSession open(VerifiedCredentials account) {
        return requireNonNull(sessions.open(ACME, account, opening()).block());
    }

    List<Session> listed(VerifiedCredentials account) {
        return requireNonNull(sessions.of(ACME, account.accountId()).block());
    }

    boolean revoke(VerifiedCredentials account, UUID session) {
        return requireNonNull(
                revocations.revoke(ACME, account.accountId(), session).block());
    }

    String keyOf(OpenedSession opened) {
        return keys.session(opened.token());
    }

    String indexOf(VerifiedCredentials account) {
        return keys.sessionsOf(ACME, account.accountId());
    }

    String memberOf(OpenedSession opened) {
        return opened.session().id() + ":" + opened.token().hash();
    }

    /** The events that wait for the relay in this account's partition, oldest first. */
    List<Event> eventsOf(VerifiedCredentials account) {
        return storedOf(account).stream().map(this::eventIn).toList();
    }

    List<StoredEvent> storedOf(VerifiedCredentials account) {
        var stream = outbox.streamKey(SessionKeys.partitionOf(ACME, account.accountId()));
        return requireNonNull(redis.opsForStream().range(stream, Range.unbounded())).stream()
                .map(entry -> codec.readStored(
                        (String) requireNonNull(entry.getValue().get("event"))))
                .filter(stored -> stored.key().equals(account.accountId().toString()))
                .toList();
    }

    private Event eventIn(StoredEvent stored) {
        return codec.read(
                EventType.named(stored.type()).orElseThrow(), stored.data().getBytes(StandardCharsets.UTF_8));
    }

    LettuceConnectionFactory connections() {
        return connections;
    }

    @Override
    public void close() {
        connections.destroy();
    }
}
