/** Caches values for applications and accounts for a limited time. */
@NullMarked
package dev.frontdesk.cache;

import org.jspecify.annotations.NullMarked;
