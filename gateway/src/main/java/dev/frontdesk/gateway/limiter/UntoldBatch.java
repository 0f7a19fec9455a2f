package dev.frontdesk.gateway.limiter;

import java.util.List;
import java.util.UUID;

/**
 * Requests of one subject that Redis does not know.
 *
 * @param id of the batch, by which Redis adds it once
 * @param arguments for {@code tell_requests.lua}
 */
record UntoldBatch(Subject subject, UUID id, List<Object> arguments) {}
