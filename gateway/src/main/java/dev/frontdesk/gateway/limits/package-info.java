/** How often an address or an account may call. */
@NullMarked
package dev.frontdesk.gateway.limits;

import org.jspecify.annotations.NullMarked;
