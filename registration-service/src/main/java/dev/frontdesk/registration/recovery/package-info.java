/** The way back in for who forgot the password: a code or a link by mail, and another password for it. */
@NullMarked
package dev.frontdesk.registration.recovery;

import org.jspecify.annotations.NullMarked;
