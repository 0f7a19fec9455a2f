/** Another address for an account, once its owner has shown to read that mail. */
@NullMarked
package dev.frontdesk.registration.addresschange;

import org.jspecify.annotations.NullMarked;
