/** Tells the gateway what a token stands for. */
@NullMarked
package dev.frontdesk.session.introspection;

import org.jspecify.annotations.NullMarked;
