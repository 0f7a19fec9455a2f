/** Signed requests to addresses that others chose, and to public ones alone. */
@NullMarked
package dev.frontdesk.notification.outbound;

import org.jspecify.annotations.NullMarked;
