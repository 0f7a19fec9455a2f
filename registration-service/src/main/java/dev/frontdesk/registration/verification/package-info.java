/** Sends codes to addresses, and opens the account once the address is proved. */
@NullMarked
package dev.frontdesk.registration.verification;

import org.jspecify.annotations.NullMarked;
