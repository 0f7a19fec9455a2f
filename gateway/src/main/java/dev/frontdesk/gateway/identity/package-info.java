/** Who calls: from the token that a client holds to the signed assertion that a service believes. */
@NullMarked
package dev.frontdesk.gateway.identity;

import org.jspecify.annotations.NullMarked;
