/** The end of an account that its owner wants gone. */
@NullMarked
package dev.frontdesk.registration.deletion;

import org.jspecify.annotations.NullMarked;
