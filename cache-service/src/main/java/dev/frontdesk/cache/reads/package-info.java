/** Reads of single entries: from the near cache, from Redis, or from an origin. */
@NullMarked
package dev.frontdesk.cache.reads;

import org.jspecify.annotations.NullMarked;
