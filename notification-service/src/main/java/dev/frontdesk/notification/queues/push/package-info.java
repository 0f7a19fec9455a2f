/** Push queues: jobs are sent to the tenant's application as signed requests. */
@NullMarked
package dev.frontdesk.notification.queues.push;

import org.jspecify.annotations.NullMarked;
