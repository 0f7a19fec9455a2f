package dev.frontdesk.contracts.events;

import java.util.Arrays;
import java.util.Optional;

/** The CloudEvents {@code type} of each event and its topic: the complete list of events that may be published. */
public enum EventType {
    VERIFICATION_REQUESTED(
            "dev.frontdesk.account.verification-requested.v1",
            Topics.ACCOUNT_EVENTS,
            AccountEvent.VerificationRequested.class),
    ADDRESS_ALREADY_REGISTERED(
            "dev.frontdesk.account.address-already-registered.v1",
            Topics.ACCOUNT_EVENTS,
            AccountEvent.AddressAlreadyRegistered.class),
    ACCOUNT_VERIFIED("dev.frontdesk.account.verified.v1", Topics.ACCOUNT_EVENTS, AccountEvent.AccountVerified.class),
    PASSWORD_RESET_REQUESTED(
            "dev.frontdesk.account.password-reset-requested.v1",
            Topics.ACCOUNT_EVENTS,
            AccountEvent.PasswordResetRequested.class),
    PASSWORD_CHANGED(
            "dev.frontdesk.account.password-changed.v1", Topics.ACCOUNT_EVENTS, AccountEvent.PasswordChanged.class),
    PASSWORD_RESET("dev.frontdesk.account.password-reset.v1", Topics.ACCOUNT_EVENTS, AccountEvent.PasswordReset.class),
    ADDRESS_CHANGE_REQUESTED(
            "dev.frontdesk.account.address-change-requested.v1",
            Topics.ACCOUNT_EVENTS,
            AccountEvent.AddressChangeRequested.class),
    ADDRESS_CHANGED(
            "dev.frontdesk.account.address-changed.v1", Topics.ACCOUNT_EVENTS, AccountEvent.AddressChanged.class),
    PROFILE_CHANGED(
            "dev.frontdesk.account.profile-changed.v1", Topics.ACCOUNT_EVENTS, AccountEvent.ProfileChanged.class),
    ACCOUNT_ROLES_CHANGED(
            "dev.frontdesk.account.roles-changed.v1", Topics.ACCOUNT_EVENTS, AccountEvent.AccountRolesChanged.class),
    ACCOUNT_DISABLED("dev.frontdesk.account.disabled.v1", Topics.ACCOUNT_EVENTS, AccountEvent.AccountDisabled.class),
    ACCOUNT_ENABLED("dev.frontdesk.account.enabled.v1", Topics.ACCOUNT_EVENTS, AccountEvent.AccountEnabled.class),
    ACCOUNT_DELETED("dev.frontdesk.account.deleted.v1", Topics.ACCOUNT_EVENTS, AccountEvent.AccountDeleted.class),
    SESSION_OPENED("dev.frontdesk.session.opened.v1", Topics.SESSION_EVENTS, SessionEvent.SessionOpened.class),
    SESSION_REVOKED("dev.frontdesk.session.revoked.v1", Topics.SESSION_EVENTS, SessionEvent.SessionRevoked.class),
    TENANT_CREATED("dev.frontdesk.tenant.created.v1", Topics.TENANT_EVENTS, TenantEvent.TenantCreated.class),
    TENANT_CHANGED("dev.frontdesk.tenant.changed.v1", Topics.TENANT_EVENTS, TenantEvent.TenantChanged.class),
    TENANT_SUSPENDED("dev.frontdesk.tenant.suspended.v1", Topics.TENANT_EVENTS, TenantEvent.TenantSuspended.class),
    TENANT_RESUMED("dev.frontdesk.tenant.resumed.v1", Topics.TENANT_EVENTS, TenantEvent.TenantResumed.class),
    TENANT_DELETED("dev.frontdesk.tenant.deleted.v1", Topics.TENANT_EVENTS, TenantEvent.TenantDeleted.class),
    API_KEY_CREATED("dev.frontdesk.api-key.created.v1", Topics.API_KEY_EVENTS, ApiKeyEvent.ApiKeyCreated.class),
    API_KEY_CHANGED("dev.frontdesk.api-key.changed.v1", Topics.API_KEY_EVENTS, ApiKeyEvent.ApiKeyChanged.class),
    API_KEY_ROTATED("dev.frontdesk.api-key.rotated.v1", Topics.API_KEY_EVENTS, ApiKeyEvent.ApiKeyRotated.class),
    API_KEY_REVOKED("dev.frontdesk.api-key.revoked.v1", Topics.API_KEY_EVENTS, ApiKeyEvent.ApiKeyRevoked.class),
    GATEWAY_DOCUMENT_CHANGED(
            "dev.frontdesk.gateway.document-changed.v1",
            Topics.GATEWAY_EVENTS,
            GatewayEvent.GatewayDocumentChanged.class),
    NOTIFICATION_REQUESTED(
            "dev.frontdesk.notification.requested.v1",
            Topics.NOTIFICATION_REQUESTS,
            NotificationRequest.NotificationRequested.class),
    EMAIL_REQUESTED(
            "dev.frontdesk.notification.email-requested.v1",
            Topics.NOTIFICATION_REQUESTS,
            NotificationRequest.EmailRequested.class),
    JOB_REQUESTED(
            "dev.frontdesk.notification.job-requested.v1",
            Topics.NOTIFICATION_REQUESTS,
            NotificationRequest.JobRequested.class);

    private static final String BEFORE_FACT = "dev.frontdesk.";

    private final String ceType;
    private final String topic;
    private final Class<? extends Event> eventClass;

    EventType(String ceType, String topic, Class<? extends Event> eventClass) {
        this.ceType = ceType;
        this.topic = topic;
        this.eventClass = eventClass;
    }

    /** The value of the {@code ce_type} header. */
    public String ceType() {
        return ceType;
    }

    /**
     * The name of the fact, the same everywhere: {@code account.verified} for
     * {@code dev.frontdesk.account.verified.v1}.
     */
    public String fact() {
        return ceType.substring(BEFORE_FACT.length(), ceType.lastIndexOf('.'));
    }

    public String topic() {
        return topic;
    }

    public Class<? extends Event> eventClass() {
        return eventClass;
    }

    public static EventType of(Event event) {
        return Arrays.stream(values())
                .filter(type -> type.eventClass == event.getClass())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No event type for " + event.getClass()));
    }

    /** Empty for a type that this version does not know; consumers skip such events. */
    public static Optional<EventType> named(String ceType) {
        return Arrays.stream(values())
                .filter(type -> type.ceType.equals(ceType))
                .findFirst();
    }
}
