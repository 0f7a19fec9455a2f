/** Deletion of an account by its owner. */
@NullMarked
package dev.frontdesk.registration.deletion;

import org.jspecify.annotations.NullMarked;
