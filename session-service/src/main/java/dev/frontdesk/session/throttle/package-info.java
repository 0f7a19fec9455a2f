/**
 * Limits how often a password can be guessed: a login is counted before its password is checked, and failures delay
 * later logins.
 */
@NullMarked
package dev.frontdesk.session.throttle;

import org.jspecify.annotations.NullMarked;
