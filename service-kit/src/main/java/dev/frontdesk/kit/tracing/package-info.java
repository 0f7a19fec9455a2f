/** Carries a trace across an outbox, a topic or a queue. */
@NullMarked
package dev.frontdesk.kit.tracing;

import org.jspecify.annotations.NullMarked;
