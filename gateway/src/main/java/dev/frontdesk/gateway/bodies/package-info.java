/** Reads a request's body, within limits on size and time, before a service is called. */
@NullMarked
package dev.frontdesk.gateway.bodies;

import org.jspecify.annotations.NullMarked;
