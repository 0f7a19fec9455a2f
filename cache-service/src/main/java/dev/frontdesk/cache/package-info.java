/** Holds for a while what an application or a session asks to have at hand. */
@NullMarked
package dev.frontdesk.cache;

import org.jspecify.annotations.NullMarked;
