/** What a tenant did and has over a period, as CSV. */
@NullMarked
package dev.frontdesk.notification.reports;

import org.jspecify.annotations.NullMarked;
