/** Calls to other servers, and how an outage is told from a mistake. */
@NullMarked
package dev.frontdesk.kit.resilience;

import org.jspecify.annotations.NullMarked;
