/**
 * Idempotent POST requests: a request that is repeated with the same {@code Idempotency-Key} has one effect and one
 * response.
 */
@NullMarked
package dev.frontdesk.kit.idempotency;

import org.jspecify.annotations.NullMarked;
