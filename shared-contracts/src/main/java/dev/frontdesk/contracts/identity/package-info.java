/** The tenant ids that all services share. */
@NullMarked
package dev.frontdesk.contracts.identity;

import org.jspecify.annotations.NullMarked;
