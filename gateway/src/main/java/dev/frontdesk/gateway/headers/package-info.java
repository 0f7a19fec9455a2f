/** Which headers pass from client to service and back, and the headers that every response has. */
@NullMarked
package dev.frontdesk.gateway.headers;

import org.jspecify.annotations.NullMarked;
