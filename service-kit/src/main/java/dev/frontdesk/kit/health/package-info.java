/** {@code GET /internal/health}: how a service and the parts that it needs are, for the gateway alone. */
@NullMarked
package dev.frontdesk.kit.health;

import org.jspecify.annotations.NullMarked;
