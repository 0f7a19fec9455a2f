/** Text that people type and read: which characters it may have, how long it is, where it may be cut. */
@NullMarked
package dev.frontdesk.kit.text;

import org.jspecify.annotations.NullMarked;
