/** Asks for the password again before actions that an open session alone must not do. */
@NullMarked
package dev.frontdesk.registration.reauthentication;

import org.jspecify.annotations.NullMarked;
