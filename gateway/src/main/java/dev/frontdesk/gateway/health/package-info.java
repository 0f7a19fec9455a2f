/**
 * {@code GET /health} and {@code /health/redis}: report the stored health of all services and Redis, without calling
 * them.
 */
@NullMarked
package dev.frontdesk.gateway.health;

import org.jspecify.annotations.NullMarked;
