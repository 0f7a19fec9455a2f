/** The one publisher and the one consumer of events; nothing outside knows reactor-kafka. */
@NullMarked
package dev.frontdesk.kit.events;

import org.jspecify.annotations.NullMarked;
