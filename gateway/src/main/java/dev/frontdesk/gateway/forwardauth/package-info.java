/** Decides about requests that proxies other than the gateway send to applications (forward authentication). */
@NullMarked
package dev.frontdesk.gateway.forwardauth;

import org.jspecify.annotations.NullMarked;
