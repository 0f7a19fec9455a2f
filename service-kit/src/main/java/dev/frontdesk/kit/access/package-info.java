/** The table of permissions at work: each handler runs for its audience alone. */
@NullMarked
package dev.frontdesk.kit.access;

import org.jspecify.annotations.NullMarked;
