/** {@code GET /health} and {@code /health/redis}: how everything behind this gateway is, without asking anybody. */
@NullMarked
package dev.frontdesk.gateway.health;

import org.jspecify.annotations.NullMarked;
