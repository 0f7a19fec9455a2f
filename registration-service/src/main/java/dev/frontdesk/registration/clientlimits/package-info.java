/** How many codes one client may ask for, whatever addresses it names. */
@NullMarked
package dev.frontdesk.registration.clientlimits;

import org.jspecify.annotations.NullMarked;
