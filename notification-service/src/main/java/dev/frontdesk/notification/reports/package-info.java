/** Reports on a tenant's deliveries and accounts over a period, as CSV. */
@NullMarked
package dev.frontdesk.notification.reports;

import org.jspecify.annotations.NullMarked;
