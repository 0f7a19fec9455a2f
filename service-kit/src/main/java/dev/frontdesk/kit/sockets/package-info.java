/**
 * WebSockets with limits for frames of every kind, so that one peer can't fill the memory, and with close codes that
 * reach the peer.
 */
@NullMarked
package dev.frontdesk.kit.sockets;

import org.jspecify.annotations.NullMarked;
