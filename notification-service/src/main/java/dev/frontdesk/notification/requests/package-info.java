/** What applications ask for on Kafka, with the rules of the same requests over HTTP. */
@NullMarked
package dev.frontdesk.notification.requests;

import org.jspecify.annotations.NullMarked;
