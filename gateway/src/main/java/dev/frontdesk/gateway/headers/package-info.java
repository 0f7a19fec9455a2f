/** Removes headers from a request before other code reads them, and adds the headers that every response has. */
@NullMarked
package dev.frontdesk.gateway.headers;

import org.jspecify.annotations.NullMarked;
