package dev.frontdesk.gateway.identity;

import dev.frontdesk.kit.identity.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session as session-service reports it.
 *
 * @param openedAt when its account has logged in; null if session-service did not tell
 * @param endsAt when it ends if it is not revoked before
 * @param credentialsVersion the version of the account's credentials that it counts as opened with
 */
record OpenSession(Caller.Account caller, @Nullable Instant openedAt, Instant endsAt, long credentialsVersion) {}
