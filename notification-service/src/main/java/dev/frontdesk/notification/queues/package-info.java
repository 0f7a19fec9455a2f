/** HTTP API of queues: configuration, adding, reading and changing jobs. */
@NullMarked
package dev.frontdesk.notification.queues;

import org.jspecify.annotations.NullMarked;
