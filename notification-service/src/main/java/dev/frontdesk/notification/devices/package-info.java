/** What a device is called in what we send. */
@NullMarked
package dev.frontdesk.notification.devices;

import org.jspecify.annotations.NullMarked;
