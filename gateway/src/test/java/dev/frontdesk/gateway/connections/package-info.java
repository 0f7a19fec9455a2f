/** How the gateway handles connections and requests that no HTTP library would send. */
@NullMarked
package dev.frontdesk.gateway.connections;

import org.jspecify.annotations.NullMarked;
