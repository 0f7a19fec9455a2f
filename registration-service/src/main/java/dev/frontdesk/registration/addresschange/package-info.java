/** Changes the address of an account, once its owner has proved the new one. */
@NullMarked
package dev.frontdesk.registration.addresschange;

import org.jspecify.annotations.NullMarked;
