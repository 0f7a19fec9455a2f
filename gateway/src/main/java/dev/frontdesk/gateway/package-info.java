/**
 * The only public entry point of Frontdesk: identifies the caller, limits the rate and routes the request to a service.
 */
@NullMarked
package dev.frontdesk.gateway;

import org.jspecify.annotations.NullMarked;
