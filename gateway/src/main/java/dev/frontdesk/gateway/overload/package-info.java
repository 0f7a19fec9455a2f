/** Bounds the requests that the gateway handles at once, and refuses others at little cost. */
@NullMarked
package dev.frontdesk.gateway.overload;

import org.jspecify.annotations.NullMarked;
