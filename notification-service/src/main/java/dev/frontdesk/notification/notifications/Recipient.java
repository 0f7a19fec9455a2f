package dev.frontdesk.notification.notifications;

import dev.frontdesk.contracts.identity.TenantId;
import java.util.UUID;

/** Whom a notification is for. Each has a numbering of its own. */
public record Recipient(TenantId tenant, UUID accountId) {}
