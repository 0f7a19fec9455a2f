package dev.frontdesk.registration.pendingregistrations;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.values.EmailAddress;
import java.time.Instant;
import java.util.UUID;

/**
 * A client's request for a code.
 *
 * @param id makes the request idempotent: it is counted once however often it is tried, in Redis or in PostgreSQL; the
 *     resulting event has the same id
 * @param client stands for the address range that the request came from; the range can't be derived from it
 * @param at in milliseconds, the precision of the stores
 */
public record CodeRequest(TenantId tenant, EmailAddress email, UUID id, Kind kind, String client, Instant at) {

    public enum Kind {
        /** A sign-up with new data. */
        REGISTER("register"),
        /** Another code for the same data. */
        RESEND("resend"),
        /** A resend that was acknowledged while the registration could not be looked up. */
        PROMISED_RESEND("resend");

        private final String counted;

        Kind(String counted) {
            this.counted = counted;
        }

        /** The kind under which the request is counted. */
        String counted() {
            return counted;
        }
    }

    boolean renews() {
        return kind != Kind.REGISTER;
    }
}
