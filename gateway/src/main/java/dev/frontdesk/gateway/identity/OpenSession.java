package dev.frontdesk.gateway.identity;

import dev.frontdesk.kit.identity.Caller;
import java.time.Instant;

/**
 * A session as session-service reports it.
 *
 * @param endsAt when it ends if it is not revoked before
 * @param credentialsVersion the version of the account's credentials that it counts as opened with
 */
record OpenSession(Caller.Account caller, Instant endsAt, long credentialsVersion) {}
