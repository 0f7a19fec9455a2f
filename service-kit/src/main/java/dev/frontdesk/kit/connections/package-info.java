/** Limits of HTTP connections: how requests are framed, how long they may take, and what follows a response. */
@NullMarked
package dev.frontdesk.kit.connections;

import org.jspecify.annotations.NullMarked;
