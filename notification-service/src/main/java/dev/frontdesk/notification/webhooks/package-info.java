/** Webhooks: sends events to applications as signed HTTP requests to the endpoints that their tenant has registered. */
@NullMarked
package dev.frontdesk.notification.webhooks;

import org.jspecify.annotations.NullMarked;
