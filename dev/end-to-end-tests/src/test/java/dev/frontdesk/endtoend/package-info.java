/** The whole journey through the suite as it is shipped: real processes and real servers, through the gateway only. */
@NullMarked
package dev.frontdesk.endtoend;

import org.jspecify.annotations.NullMarked;
