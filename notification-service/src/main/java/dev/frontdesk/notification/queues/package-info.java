/** Queues over HTTP: what a tenant sets, adds, sees and mends. */
@NullMarked
package dev.frontdesk.notification.queues;

import org.jspecify.annotations.NullMarked;
