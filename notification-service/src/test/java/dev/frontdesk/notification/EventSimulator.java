package dev.frontdesk.notification;

import static dev.frontdesk.testsupport.reactive.EndedPublisher.verifyEnded;

import dev.frontdesk.contracts.events.AccountEvent.AccountVerified;
import dev.frontdesk.contracts.events.AccountEvent.AddressAlreadyRegistered;
import dev.frontdesk.contracts.events.AccountEvent.AddressChangeRequested;
import dev.frontdesk.contracts.events.AccountEvent.PasswordResetRequested;
import dev.frontdesk.contracts.events.AccountEvent.VerificationRequested;
import dev.frontdesk.contracts.events.Event;
import dev.frontdesk.contracts.events.SessionEvent.SessionOpened;
import dev.frontdesk.contracts.events.SessionEvent.SessionRevoked;
import dev.frontdesk.contracts.events.TenantEvent.Details;
import dev.frontdesk.contracts.events.TenantEvent.TenantDeleted;
import dev.frontdesk.contracts.events.TenantEvent.TenantResumed;
import dev.frontdesk.contracts.events.TenantEvent.TenantSuspended;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.kit.events.EventCodec;
import dev.frontdesk.kit.events.EventPublisher;
import dev.frontdesk.kit.events.StoredEvent;
import dev.frontdesk.kit.secrets.SealedSecrets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Simulates the other services: publishes their events to the real Kafka. */
public final class EventSimulator {

    public static final String TENANT = "acme";
    public static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private final EventPublisher publisher;
    private final EventCodec codec;
    private final SealedSecrets secrets;

    EventSimulator(EventPublisher publisher, EventCodec codec, SealedSecrets secrets) {
        this.publisher = publisher;
        this.codec = codec;
        this.secrets = secrets;
    }

    public static String anyEmail() {
        return "ada." + UUID.randomUUID() + "@example.org";
    }

    public static String anyCode() {
        return String.format("%06d", ThreadLocalRandom.current().nextInt(1_000_000));
    }

    public VerificationRequested codeAskedFor(String email, String locale, String code) {
        return codeAskedFor(email, locale, code, Instant.now().plus(Duration.ofMinutes(10)));
    }

    public VerificationRequested codeAskedFor(String email, String locale, String code, Instant expiresAt) {
        return codeAskedFor(UUID.randomUUID(), email, locale, code, expiresAt);
    }

    public VerificationRequested codeAskedFor(
            UUID registration, String email, String locale, String code, Instant expiresAt) {
        var sealed = secrets.seal(code, "verification-code:" + registration);
        return new VerificationRequested(TENANT, registration, email, "Ayşe", locale, sealed, expiresAt, false);
    }

    public static AddressAlreadyRegistered signedUpAgain(String email, String locale) {
        return new AddressAlreadyRegistered(TENANT, UUID.randomUUID(), email, "Ayşe", locale);
    }

    public PasswordResetRequested passwordForgotten(String email, String locale, String secret) {
        var reset = UUID.randomUUID();
        var sealed = secrets.seal(secret, "password-reset:" + reset);
        return new PasswordResetRequested(TENANT, UUID.randomUUID(), reset, email, "Ayşe", locale, sealed, soon());
    }

    public AddressChangeRequested addressWanted(String email, String locale, String code) {
        var change = UUID.randomUUID();
        var sealed = secrets.seal(code, "address-change:" + change);
        return new AddressChangeRequested(TENANT, UUID.randomUUID(), change, email, "Ayşe", locale, sealed, soon());
    }

    private static Instant soon() {
        return Instant.now().plus(Duration.ofMinutes(10));
    }

    public static AccountVerified verified(UUID account, String locale) {
        return verified(account, anyEmail(), locale);
    }

    public static AccountVerified verified(UUID account, String email, String locale) {
        return new AccountVerified(TENANT, account, email, "Ayşe", "Yılmaz", locale, Instant.now());
    }

    /** With a known device. */
    public static SessionOpened signedIn(UUID account, String locale, int otherSessions) {
        return signedIn(account, locale, otherSessions, true);
    }

    public static SessionOpened signedInOnANewDevice(UUID account, String locale, int otherSessions) {
        return signedIn(account, locale, otherSessions, false);
    }

    private static SessionOpened signedIn(UUID account, String locale, int otherSessions, boolean knownDevice) {
        return new SessionOpened(
                TENANT,
                account,
                UUID.randomUUID(),
                UUID.randomUUID(),
                knownDevice,
                FIREFOX,
                otherSessions,
                locale,
                Instant.now());
    }

    public static SessionRevoked revoked(UUID account, UUID session) {
        return new SessionRevoked(TENANT, account, session, Instant.now());
    }

    public static TenantSuspended suspended(TenantId tenant, long version) {
        return new TenantSuspended(tenant.value(), version, details("suspended"), Instant.now());
    }

    public static TenantResumed resumed(TenantId tenant, long version) {
        return new TenantResumed(tenant.value(), version, details("active"), Instant.now());
    }

    public static TenantDeleted deleted(TenantId tenant, long version) {
        return new TenantDeleted(tenant.value(), version, Instant.now());
    }

    private static Details details(String status) {
        return new Details(status, "Acme", "standard", Quotas.NONE, List.of());
    }

    /** Returns when Kafka has stored it. */
    public StoredEvent happens(Event event) {
        var trace = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
        var stored =
                codec.store(UUID.randomUUID(), event, Instant.now(), "00-" + trace + trace + "-00f067aa0ba902b7-01");
        again(stored);
        return stored;
    }

    /** The same event again, as a relay may send it after a crash. */
    public void again(StoredEvent stored) {
        verifyEnded(publisher.publish(List.of(stored))).verifyComplete();
    }

    public static String traceIdOf(StoredEvent stored) {
        return String.valueOf(stored.traceparent()).substring(3, 35);
    }
}
