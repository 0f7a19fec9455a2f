/** The addresses of the services, and the check of the paths that may lead to them. */
@NullMarked
package dev.frontdesk.gateway.routing;

import org.jspecify.annotations.NullMarked;
