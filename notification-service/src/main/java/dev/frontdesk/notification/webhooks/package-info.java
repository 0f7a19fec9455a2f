/** Tells an application what happened, by signed HTTP requests to the endpoints that its tenant has named. */
@NullMarked
package dev.frontdesk.notification.webhooks;

import org.jspecify.annotations.NullMarked;
