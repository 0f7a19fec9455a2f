/** Answers the gateway's token introspection requests. */
@NullMarked
package dev.frontdesk.session.introspection;

import org.jspecify.annotations.NullMarked;
