/** The routes to the services: which paths may lead to them, which route a request takes, and the reverse proxy. */
@NullMarked
package dev.frontdesk.gateway.routing;

import org.jspecify.annotations.NullMarked;
