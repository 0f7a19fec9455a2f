/** Jobs that are pushed to an application as signed requests. */
@NullMarked
package dev.frontdesk.notification.queues.push;

import org.jspecify.annotations.NullMarked;
