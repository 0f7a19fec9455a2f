/** WebSockets that one peer can't fill our memory with: bounds for frames of every kind, and close codes that arrive. */
@NullMarked
package dev.frontdesk.kit.sockets;

import org.jspecify.annotations.NullMarked;
