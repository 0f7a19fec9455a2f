/** The end of an instance: in which order its parts stop, so that nobody who uses it notices. */
@NullMarked
package dev.frontdesk.kit.drain;

import org.jspecify.annotations.NullMarked;
