/** Identifies callers: turns the token that a client holds into the signed assertion that services trust. */
@NullMarked
package dev.frontdesk.gateway.identity;

import org.jspecify.annotations.NullMarked;
