/** Requests of applications through Kafka, with the same rules as over HTTP. */
@NullMarked
package dev.frontdesk.notification.requests;

import org.jspecify.annotations.NullMarked;
