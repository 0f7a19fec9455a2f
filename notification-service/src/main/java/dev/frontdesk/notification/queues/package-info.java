/** Queues over HTTP: what a tenant sets, adds, sees and mends, and work done outside, by lease or by push. */
@NullMarked
package dev.frontdesk.notification.queues;

import org.jspecify.annotations.NullMarked;
