package dev.frontdesk.gateway.identity;

import dev.frontdesk.kit.identity.Caller;
import java.time.Instant;

/**
 * A session as session-service vouches for it.
 *
 * @param endsAt when it is over even if nobody revokes it
 * @param credentialsVersion of the account's credentials that it counts as opened with
 */
record OpenSession(Caller.Account caller, Instant endsAt, long credentialsVersion) {}
