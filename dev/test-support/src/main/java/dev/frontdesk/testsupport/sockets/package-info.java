/** WebSocket peers that behave as no client library does. */
@NullMarked
package dev.frontdesk.testsupport.sockets;

import org.jspecify.annotations.NullMarked;
