/** Carries events from where the state lives (PostgreSQL or Redis) to Kafka, at least once. */
@NullMarked
package dev.frontdesk.kit.outbox;

import org.jspecify.annotations.NullMarked;
