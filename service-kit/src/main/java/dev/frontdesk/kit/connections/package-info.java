/** What a client may make of an HTTP connection: how its requests are framed, how long they take, and what follows an answer. */
@NullMarked
package dev.frontdesk.kit.connections;

import org.jspecify.annotations.NullMarked;
