/** Calls to other servers, and how to distinguish an outage from other errors. */
@NullMarked
package dev.frontdesk.kit.resilience;

import org.jspecify.annotations.NullMarked;
