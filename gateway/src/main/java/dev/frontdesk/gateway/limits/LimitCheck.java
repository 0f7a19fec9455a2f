package dev.frontdesk.gateway.limits;

import static java.util.Objects.requireNonNull;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.gateway.limiter.Limited;
import dev.frontdesk.gateway.limiter.Subject;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.UuidText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an application asks about a subject of its own. */
sealed interface LimitCheck {

    /** At most the smallest limit: a larger cost would never pass. */
    Limited limited();

    /** Counts the cost if all limits have room for it. */
    record Take(Limited limited) implements LimitCheck {}

    /** Says what a {@link Take} would be told. */
    record Peek(Limited limited) implements LimitCheck {}

    /** Gives the cost back, once for each id. */
    record Refund(Limited limited, UUID id) implements LimitCheck {}

    /** Of the body's {@code mode}. */
    enum Mode {
        TAKE,
        PEEK,
        REFUND
    }

    int LONGEST_SUBJECT = 200;

    /** The body, not checked yet. */
    record Request(
            @Nullable String subject,
            @Nullable CustomPolicy policy,
            @Nullable Long cost,
            @Nullable String mode,
            @Nullable String refundId) {

        /** @throws dev.frontdesk.kit.web.ProblemException 400 with all errors */
        LimitCheck read(TenantId tenant) {
            var fields = new FieldReader();
            CustomPolicy asked = policy == null ? CustomPolicy.EMPTY : policy;
            Optional<String> id = fields.required("subject", subject, LimitCheck::readSubject);
            asked.check(fields);
            long requests = cost == null ? 1 : cost;
            fields.range("cost", requests, 1, asked.smallestLimit());
            Mode chosen = fields.optional("mode", mode, text -> Word.in(Mode.values(), text))
                    .orElse(Mode.TAKE);
            Optional<UUID> refund = readRefund(fields, chosen);
            fields.check();
            var counted = Subject.custom(tenant, id.orElseThrow(), requireNonNull(asked.name()));
            var limited = new Limited(counted, asked.limits(), Math.toIntExact(requests));
            return switch (chosen) {
                case TAKE -> new Take(limited);
                case PEEK -> new Peek(limited);
                case REFUND -> new Refund(limited, refund.orElseThrow());
            };
        }

        private Optional<UUID> readRefund(FieldReader fields, Mode chosen) {
            if (chosen == Mode.REFUND) {
                return fields.required("refund_id", refundId, UuidText::read);
            }
            if (refundId != null) {
                fields.refuse("refund_id", "is only for the mode refund");
            }
            return Optional.empty();
        }
    }

    private static String readSubject(String text) {
        int length = text.codePointCount(0, text.length());
        // Texts with an unpaired surrogate would have the same hash.
        if (length < 1
                || length > LONGEST_SUBJECT
                || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("must be 1 to " + LONGEST_SUBJECT + " characters");
        }
        return text;
    }
}
