/** Another password, chosen by who knows the old one. */
@NullMarked
package dev.frontdesk.registration.passwordchange;

import org.jspecify.annotations.NullMarked;
