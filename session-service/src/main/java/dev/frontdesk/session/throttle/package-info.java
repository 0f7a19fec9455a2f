/** How often a password may be guessed: failed logins are counted before they are looked at, and make the next ones wait. */
@NullMarked
package dev.frontdesk.session.throttle;

import org.jspecify.annotations.NullMarked;
