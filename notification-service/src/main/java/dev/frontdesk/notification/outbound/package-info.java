/**
 * Sends signed requests to URLs that tenants chose, but only to public addresses and to networks that an operator
 * allows.
 */
@NullMarked
package dev.frontdesk.notification.outbound;

import org.jspecify.annotations.NullMarked;
