/** Sending a code to an address, and opening the account of whoever proves it. */
@NullMarked
package dev.frontdesk.registration.verification;

import org.jspecify.annotations.NullMarked;
