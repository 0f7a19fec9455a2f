/** The check of an address and a password, for other services alone. */
@NullMarked
package dev.frontdesk.registration.credentials;

import org.jspecify.annotations.NullMarked;
