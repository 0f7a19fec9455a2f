/** Checks the names that clients choose and that come in paths. */
@NullMarked
package dev.frontdesk.cache.names;

import org.jspecify.annotations.NullMarked;
