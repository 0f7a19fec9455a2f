/** Requests for an account. */
@NullMarked
package dev.frontdesk.registration.signup;

import org.jspecify.annotations.NullMarked;
