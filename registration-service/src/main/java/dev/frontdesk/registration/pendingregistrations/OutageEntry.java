package dev.frontdesk.registration.pendingregistrations;

import static dev.frontdesk.kit.postgres.Rows.required;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.values.EmailAddress;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The requests for an address while Redis was down: a row of {@code pending_registrations}.
 *
 * @param entryId id of the row
 * @param requests the codes that were requested, oldest first
 * @param promised id of a request for another code, for a sign-up that may be in Redis
 * @param gone sign-ups whose address was proved and that may still be in Redis
 * @param pending the sign-ups stored in this row; Redis may hold others
 */
record OutageEntry(
        TenantId tenant,
        EmailAddress email,
        UUID entryId,
        List<RequestedCode> requests,
        Optional<UUID> promised,
        List<UUID> gone,
        PendingAddress pending) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<List<Map<String, String>>> FIELDS = new TypeReference<>() {};

    /** @throws IllegalStateException for a row that can't be read */
    static OutageEntry read(Readable row) {
        var tenant = new TenantId(required(row, "tenant", String.class));
        return new OutageEntry(
                tenant,
                new EmailAddress(required(row, "email", String.class)),
                required(row, "entry_id", UUID.class),
                Stream.of(required(row, "requests", String[].class))
                        .map(RequestedCode::parse)
                        .toList(),
                Optional.ofNullable(row.get("resend_id", UUID.class)),
                List.of(required(row, "gone", UUID[].class)),
                new PendingAddress(
                        signUps(tenant, required(row, "sign_ups", String.class)),
                        required(row, "contested", Boolean.class),
                        required(row, "attempts", Integer.class),
                        Optional.ofNullable(row.get("attempts_until", Instant.class))
                                .orElse(Instant.EPOCH)));
    }

    /** The client that requested a code. */
    String clientOf(UUID requestId) {
        return requests.stream()
                .filter(code -> code.id().equals(requestId))
                .map(RequestedCode::client)
                .findFirst()
                .orElse("");
    }

    private static List<PendingSignUp> signUps(TenantId tenant, String json) {
        try {
            return JSON.readValue(json, FIELDS).stream()
                    .map(fields -> PendingSignUp.read(tenant, fields))
                    .toList();
        } catch (JacksonException unreadable) {
            throw new IllegalStateException("The sign-ups of a row are unreadable", unreadable);
        }
    }

    /** The value of the column {@code sign_ups}. */
    static String json(PendingAddress pending) {
        return JSON.writeValueAsString(
                pending.signUps().stream().map(PendingSignUp::fields).toList());
    }
}
