/** Lets pages of a tenant's allowed origins read the responses of its API. */
@NullMarked
package dev.frontdesk.gateway.cors;

import org.jspecify.annotations.NullMarked;
