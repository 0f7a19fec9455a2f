/** Names of devices in messages. */
@NullMarked
package dev.frontdesk.notification.devices;

import org.jspecify.annotations.NullMarked;
