/** Documents that all gateways share, and their copies in Redis. */
@NullMarked
package dev.frontdesk.registration.gateways;

import org.jspecify.annotations.NullMarked;
