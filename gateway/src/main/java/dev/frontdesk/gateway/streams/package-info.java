/** Open sockets and event streams: they are bounded, and end when their caller may no longer call. */
@NullMarked
package dev.frontdesk.gateway.streams;

import org.jspecify.annotations.NullMarked;
