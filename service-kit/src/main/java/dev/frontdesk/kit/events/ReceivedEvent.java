package dev.frontdesk.kit.events;

import dev.frontdesk.contracts.events.Event;
import java.time.Instant;
import java.util.UUID;

/**
 * An event as a handler receives it. It may arrive more than once.
 *
 * @param id the same at every delivery
 */
public record ReceivedEvent(UUID id, Instant time, Event event) {}
