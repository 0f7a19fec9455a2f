/** Copies of entries in the memory of each instance. */
@NullMarked
package dev.frontdesk.cache.nearcache;

import org.jspecify.annotations.NullMarked;
