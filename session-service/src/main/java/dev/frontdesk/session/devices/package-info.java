/** The devices that people log in with: how one proves that it was there before, and what it is called. */
@NullMarked
package dev.frontdesk.session.devices;

import org.jspecify.annotations.NullMarked;
