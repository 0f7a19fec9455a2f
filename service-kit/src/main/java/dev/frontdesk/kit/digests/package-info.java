/** What stands for a text where the text itself may not. */
@NullMarked
package dev.frontdesk.kit.digests;

import org.jspecify.annotations.NullMarked;
