package dev.frontdesk.registration.pendingregistrations;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.values.EmailAddress;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody asks for a code.
 *
 * @param id counts it once however often it is tried, here or there; the event that it leads to has the same
 * @param client stands for the range of addresses that the request came from, and can't be turned back into it
 * @param at in milliseconds, as the stores keep it
 */
public record CodeRequest(TenantId tenant, EmailAddress email, UUID id, Kind kind, String client, Instant at) {

    public enum Kind {
        /** With new data. */
        REGISTER("register"),
        /** Another code for the same data. */
        RESEND("resend"),
        /** A resend that was acknowledged while the registration could not be looked up. */
        PROMISED_RESEND("resend");

        private final String counted;

        Kind(String counted) {
            this.counted = counted;
        }

        /** As what it is counted. */
        String counted() {
            return counted;
        }
    }

    boolean renews() {
        return kind != Kind.REGISTER;
    }
}
