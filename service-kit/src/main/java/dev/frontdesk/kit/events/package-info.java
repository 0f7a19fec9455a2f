/** Events: the outboxes, their relays, the publisher and the consumer. Only this package uses reactor-kafka. */
@NullMarked
package dev.frontdesk.kit.events;

import org.jspecify.annotations.NullMarked;
