/** The token look-up that the gateway asks of session-service, in the shape of RFC 7662. */
@NullMarked
package dev.frontdesk.contracts.introspection;

import org.jspecify.annotations.NullMarked;
