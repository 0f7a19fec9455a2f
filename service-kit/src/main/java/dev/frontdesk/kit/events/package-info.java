/** Events: the outbox beside the state, the one publisher and the one consumer. Nothing outside knows reactor-kafka. */
@NullMarked
package dev.frontdesk.kit.events;

import org.jspecify.annotations.NullMarked;
