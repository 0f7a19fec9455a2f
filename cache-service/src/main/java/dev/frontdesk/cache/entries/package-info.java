/** Values under a name of the caller's choice, each with a time to live. */
@NullMarked
package dev.frontdesk.cache.entries;

import org.jspecify.annotations.NullMarked;
