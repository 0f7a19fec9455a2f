package dev.frontdesk.gateway.assertions;

import dev.frontdesk.kit.identity.Caller;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.TreeSet;

/**
 * Tells an application who calls in headers that it can read without a library. Anyone who reaches the application past the
 * gateway can forge them, so they are for networks in which only the gateway can.
 */
public final class PlainIdentity {

    private static final AsciiString TENANT = AsciiString.cached("X-Frontdesk-Tenant");
    private static final AsciiString ACCOUNT = AsciiString.cached("X-Frontdesk-Account");
    private static final AsciiString ROLES = AsciiString.cached("X-Frontdesk-Roles");

    private PlainIdentity() {}

    /** Says that nothing is told, in place of what a client may have sent under these names. */
    public static void addEmptyTo(HttpHeaders sent) {
        sent.set(TENANT, "");
        sent.set(ACCOUNT, "");
        sent.set(ROLES, "");
    }

    /** The tenant of every caller; the account and its roles, separated by commas, of one with a session. */
    public static void addTo(HttpHeaders sent, Caller caller) {
        sent.set(TENANT, caller.tenant().value());
        if (caller instanceof Caller.Account account) {
            sent.set(ACCOUNT, account.accountId().toString());
            sent.set(ROLES, String.join(",", new TreeSet<>(account.roles())));
        }
    }
}
