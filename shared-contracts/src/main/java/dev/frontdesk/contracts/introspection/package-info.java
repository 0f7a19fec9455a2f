/** The token introspection that the gateway requests from session-service, in the format of RFC 7662. */
@NullMarked
package dev.frontdesk.contracts.introspection;

import org.jspecify.annotations.NullMarked;
