/** Tells a part that is away from a mistake of ours. */
@NullMarked
package dev.frontdesk.kit.outage;

import org.jspecify.annotations.NullMarked;
