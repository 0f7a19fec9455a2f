/** The same request twice has one effect and one answer: the {@code Idempotency-Key} of a POST that creates. */
@NullMarked
package dev.frontdesk.notification.idempotency;

import org.jspecify.annotations.NullMarked;
