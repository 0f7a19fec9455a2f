package dev.frontdesk.gateway.apikeys;

import dev.frontdesk.kit.identity.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** @param endsAt the first moment at which it is refused if nothing changes; null if there is none */
public record ActiveApiKey(Caller.ApiKey caller, @Nullable Instant endsAt) {}
