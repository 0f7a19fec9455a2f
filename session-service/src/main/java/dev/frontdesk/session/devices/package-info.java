/** The devices that users log in with: how a device proves that it was used before, and its name. */
@NullMarked
package dev.frontdesk.session.devices;

import org.jspecify.annotations.NullMarked;
