/** Keeps query strings, and the tickets in them, out of spans and access logs. */
@NullMarked
package dev.frontdesk.gateway.tracing;

import org.jspecify.annotations.NullMarked;
