/** Stores values under names that the caller chooses, each with a TTL. */
@NullMarked
package dev.frontdesk.cache.entries;

import org.jspecify.annotations.NullMarked;
