package dev.frontdesk.notification.notifications;

import dev.frontdesk.contracts.identity.TenantId;
import java.util.UUID;

/** The recipient of notifications. Each has its own sequence of numbers. */
public record Recipient(TenantId tenant, UUID accountId) {}
