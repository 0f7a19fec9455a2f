/** Relays a client's WebSocket to the service behind it. */
@NullMarked
package dev.frontdesk.gateway.websocket;

import org.jspecify.annotations.NullMarked;
