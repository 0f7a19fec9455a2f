/**
 * Limits how many codes one client may request, whatever addresses it names, and how many passwords it may have
 * checked.
 */
@NullMarked
package dev.frontdesk.registration.clientlimits;

import org.jspecify.annotations.NullMarked;
