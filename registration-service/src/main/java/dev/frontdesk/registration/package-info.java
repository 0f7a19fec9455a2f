/** Accounts: sign-up, verification and passwords. */
@NullMarked
package dev.frontdesk.registration;

import org.jspecify.annotations.NullMarked;
