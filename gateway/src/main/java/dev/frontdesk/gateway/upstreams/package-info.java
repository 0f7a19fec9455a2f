/** The servers of applications: their addresses, the connections to them, and which of several gets a request. */
@NullMarked
package dev.frontdesk.gateway.upstreams;

import org.jspecify.annotations.NullMarked;
