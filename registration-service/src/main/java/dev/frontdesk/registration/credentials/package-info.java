/** Checks an address and a password; only for other services. */
@NullMarked
package dev.frontdesk.registration.credentials;

import org.jspecify.annotations.NullMarked;
