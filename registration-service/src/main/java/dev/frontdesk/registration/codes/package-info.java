/** The six-digit codes that prove an address, and their limits. */
@NullMarked
package dev.frontdesk.registration.codes;

import org.jspecify.annotations.NullMarked;
