/** Tells applications of a tenant what session tokens and API keys of this tenant stand for. */
@NullMarked
package dev.frontdesk.gateway.introspection;

import org.jspecify.annotations.NullMarked;
