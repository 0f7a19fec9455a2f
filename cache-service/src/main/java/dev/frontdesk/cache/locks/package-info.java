/** Gives applications locks that expire, with a fencing number for each holder. */
@NullMarked
package dev.frontdesk.cache.locks;

import org.jspecify.annotations.NullMarked;
