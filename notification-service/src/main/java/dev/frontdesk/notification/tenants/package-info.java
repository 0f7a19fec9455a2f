/** Tenants that are suspended or deleted: their work waits, or is deleted. */
@NullMarked
package dev.frontdesk.notification.tenants;

import org.jspecify.annotations.NullMarked;
