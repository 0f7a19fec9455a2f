/** The six digits that prove an address, and how long they last. */
@NullMarked
package dev.frontdesk.registration.codes;

import org.jspecify.annotations.NullMarked;
