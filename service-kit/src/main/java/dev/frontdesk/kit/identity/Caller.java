package dev.frontdesk.kit.identity;

import dev.frontdesk.contracts.identity.TenantId;
import java.util.Set;
import java.util.UUID;

/**
 * The caller, as signed by the gateway (or, for {@link Service}, by another service). A handler declares the kind of
 * caller that it accepts as a parameter; any other kind is refused before the handler runs.
 */
public sealed interface Caller {

    TenantId tenant();

    /** A caller without a proven identity; the tenant is the one that the call names. */
    record Anonymous(TenantId tenant) implements Caller {}

    /** An account with an open session. */
    record Account(TenantId tenant, UUID accountId, UUID sessionId, Set<String> roles) implements Caller {}

    /** The holder of the operator key, acting in the tenant that the call names. */
    record Operator(TenantId tenant) implements Caller {}

    /** Another service of the suite; the only kind that may call {@code /internal}. */
    record Service(TenantId tenant, String name) implements Caller {}
}
