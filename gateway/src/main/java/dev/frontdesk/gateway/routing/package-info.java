/** Where the services are, and which paths may lead to them. */
@NullMarked
package dev.frontdesk.gateway.routing;

import org.jspecify.annotations.NullMarked;
