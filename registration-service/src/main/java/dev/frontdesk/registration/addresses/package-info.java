/** E-mail addresses in the one form in which they are compared, stored and written to. */
@NullMarked
package dev.frontdesk.registration.addresses;

import org.jspecify.annotations.NullMarked;
