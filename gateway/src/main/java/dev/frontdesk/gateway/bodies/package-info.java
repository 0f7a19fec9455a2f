/** Takes a request's body in, within bounds, before a service is troubled with it. */
@NullMarked
package dev.frontdesk.gateway.bodies;

import org.jspecify.annotations.NullMarked;
