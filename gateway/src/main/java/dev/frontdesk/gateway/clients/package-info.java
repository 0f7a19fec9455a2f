/**
 * Determines the address of a client and whether its request came over TLS, and which proxies are trusted to report
 * this.
 */
@NullMarked
package dev.frontdesk.gateway.clients;

import org.jspecify.annotations.NullMarked;
