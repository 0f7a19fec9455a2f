/** Lets controllers of the gateway itself answer the requests of a route. */
@NullMarked
package dev.frontdesk.gateway.endpoints;

import org.jspecify.annotations.NullMarked;
