/** The life of an instance: what works beside requests, and in which order its parts stop, so that nobody notices. */
@NullMarked
package dev.frontdesk.kit.drain;

import org.jspecify.annotations.NullMarked;
