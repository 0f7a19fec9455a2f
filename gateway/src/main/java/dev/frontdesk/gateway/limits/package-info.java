/** Limits the request rate of an address or an account. */
@NullMarked
package dev.frontdesk.gateway.limits;

import org.jspecify.annotations.NullMarked;
