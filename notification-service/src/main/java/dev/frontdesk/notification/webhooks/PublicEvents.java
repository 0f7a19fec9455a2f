package dev.frontdesk.notification.webhooks;

import dev.frontdesk.contracts.events.AccountEvent.AccountDeleted;
import dev.frontdesk.contracts.events.AccountEvent.AccountDisabled;
import dev.frontdesk.contracts.events.AccountEvent.AccountEnabled;
import dev.frontdesk.contracts.events.AccountEvent.AccountRolesChanged;
import dev.frontdesk.contracts.events.AccountEvent.AccountVerified;
import dev.frontdesk.contracts.events.AccountEvent.AddressChanged;
import dev.frontdesk.contracts.events.AccountEvent.PasswordChanged;
import dev.frontdesk.contracts.events.AccountEvent.PasswordReset;
import dev.frontdesk.contracts.events.AccountEvent.ProfileChanged;
import dev.frontdesk.contracts.events.Event;
import dev.frontdesk.contracts.events.EventType;
import dev.frontdesk.contracts.events.SessionEvent.SessionOpened;
import dev.frontdesk.contracts.events.SessionEvent.SessionRevoked;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.events.ReceivedEvent;
import dev.frontdesk.kit.web.StorableJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Maps internal events to the events that applications receive, each under its one name. Their data is a separate
 * contract, so that the internal events can change. It contains no secret and no code. Changes that were requested but
 * are not done yet, and facts that only the owner of an account is told, are not published.
 */
@Component
class PublicEvents {

    private final JsonMapper json;

    PublicEvents(JsonMapper json) {
        this.json = json;
    }

    record Verified(
            UUID accountId, String email, String firstName, String lastName, String locale, Instant verifiedAt) {}

    record AddressChange(UUID accountId, String email, Instant changedAt) {}

    record RolesChanged(UUID accountId, List<String> roles, Instant changedAt) {}

    record Changed(UUID accountId, Instant changedAt) {}

    record Deleted(UUID accountId, Instant deletedAt) {}

    record Opened(
            UUID accountId, UUID sessionId, UUID deviceId, boolean knownDevice, String userAgent, Instant openedAt) {}

    record Revoked(UUID accountId, UUID sessionId, Instant revokedAt) {}

    private record Fact(@Nullable UUID account, Object data) {}

    /** Empty for an event that is not published. */
    Optional<WebhookEvent> of(ReceivedEvent received) {
        return Optional.ofNullable(fact(received.event()))
                .map(fact -> new WebhookEvent(
                        new TenantId(received.event().tenant()),
                        received.id(),
                        EventType.of(received.event()).fact(),
                        received.time(),
                        fact.account(),
                        new StorableJson(json.writeValueAsString(fact.data()))));
    }

    private static @Nullable Fact fact(Event event) {
        return switch (event) {
            case AccountVerified it ->
                new Fact(
                        it.accountId(),
                        new Verified(
                                it.accountId(),
                                it.email(),
                                it.firstName(),
                                it.lastName(),
                                it.locale(),
                                it.verifiedAt()));
            case AddressChanged it ->
                new Fact(it.accountId(), new AddressChange(it.accountId(), it.email(), it.changedAt()));
            case ProfileChanged it -> changed(it.accountId(), it.changedAt());
            case PasswordChanged it -> changed(it.accountId(), it.changedAt());
            case PasswordReset it -> changed(it.accountId(), it.resetAt());
            case AccountRolesChanged it ->
                new Fact(
                        it.accountId(),
                        new RolesChanged(
                                it.accountId(), it.roles().stream().sorted().toList(), it.changedAt()));
            case AccountDisabled it -> changed(it.accountId(), it.disabledAt());
            case AccountEnabled it -> changed(it.accountId(), it.enabledAt());
            // No subject: this event must still be delivered after all other data about the account was deleted.
            case AccountDeleted it -> new Fact(null, new Deleted(it.accountId(), it.deletedAt()));
            case SessionOpened it ->
                new Fact(
                        it.accountId(),
                        new Opened(
                                it.accountId(),
                                it.sessionId(),
                                it.deviceId(),
                                it.knownDevice(),
                                it.userAgent(),
                                it.openedAt()));
            case SessionRevoked it ->
                new Fact(it.accountId(), new Revoked(it.accountId(), it.sessionId(), it.revokedAt()));
            default -> null;
        };
    }

    private static Fact changed(UUID account, Instant at) {
        return new Fact(account, new Changed(account, at));
    }
}
