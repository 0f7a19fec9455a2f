/** Walks the journey through the suite as it is shipped: real processes, real servers, and only the gateway's door. */
@NullMarked
package dev.frontdesk.endtoend;

import org.jspecify.annotations.NullMarked;
