/** The durable queue: what has to reach somebody waits, is claimed, is tried again, and ends here. */
@NullMarked
package dev.frontdesk.notification.deliveries;

import org.jspecify.annotations.NullMarked;
