/** {@code GET /internal/health}: the health of a service and its dependencies, only for the gateway. */
@NullMarked
package dev.frontdesk.kit.health;

import org.jspecify.annotations.NullMarked;
