/** Changes the password of a user who knows the old one. */
@NullMarked
package dev.frontdesk.registration.passwordchange;

import org.jspecify.annotations.NullMarked;
