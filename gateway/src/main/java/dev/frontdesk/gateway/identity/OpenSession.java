package dev.frontdesk.gateway.identity;

import dev.frontdesk.kit.identity.Caller;
import java.time.Instant;

/**
 * A session as session-service vouches for it.
 *
 * @param endsAt when it is over even if nobody revokes it
 */
record OpenSession(Caller.Account caller, Instant endsAt) {}
