package dev.frontdesk.kit.identity;

import dev.frontdesk.contracts.identity.TenantId;
import java.util.Set;
import java.util.UUID;

/**
 * Who calls, as the gateway (or, for {@link Service}, another service) has signed it. A handler names the kind of caller
 * it is for as a parameter; any other kind is refused before the handler runs.
 */
public sealed interface Caller {

    TenantId tenant();

    /** Nobody has proved who they are; the tenant is the one that the call names. */
    record Anonymous(TenantId tenant) implements Caller {}

    /** Somebody with an open session. */
    record Account(TenantId tenant, UUID accountId, UUID sessionId, Set<String> roles) implements Caller {}

    /** The holder of the operator key, acting in the tenant that the call names. */
    record Operator(TenantId tenant) implements Caller {}

    /** Another service of the suite; the only kind that may call {@code /internal}. */
    record Service(TenantId tenant, String name) implements Caller {}
}
