package dev.frontdesk.registration.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done to an account, or attempted.
 *
 * @param kind the name of the event, such as {@code account.password-changed} or {@code session.opened}; or
 *     {@code session.refused}, {@code account.sign-up-deleted}
 * @param actor anonymous, account, operator, api-key or service
 * @param actorId the account or the API key that did it
 * @param accountId the account that it was done to; absent if there is none
 * @param apiKeyId the API key that it was done to; absent if there is none
 * @param subject an address that has no account, masked
 * @param clientAddress the address of the client, as far as the gateway knew it
 * @param lastAt time of the last occurrence, if several are recorded as one
 */
public record SecurityEvent(
        UUID id,
        String kind,
        String actor,
        @Nullable UUID actorId,
        @Nullable UUID accountId,
        @Nullable UUID apiKeyId,
        @Nullable String subject,
        @Nullable String clientAddress,
        @Nullable String userAgent,
        Instant occurredAt,
        Instant lastAt,
        int occurrences) {}
