package dev.frontdesk.gateway.identity;

import dev.frontdesk.kit.identity.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a session token or an API key stands for.
 *
 * @param caller an account, or an API key
 * @param endsAt the first moment at which the token is refused if nothing changes; null if there is none
 */
public record ActiveToken(Caller caller, @Nullable Instant endsAt) {}
