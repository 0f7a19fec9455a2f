/** Loads missing entries from the servers that have them. */
@NullMarked
package dev.frontdesk.cache.origins;

import org.jspecify.annotations.NullMarked;
