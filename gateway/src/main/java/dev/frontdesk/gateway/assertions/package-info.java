/** Tells applications who calls, in a signed assertion that they can check and not forge; publishes and rotates its keys. */
@NullMarked
package dev.frontdesk.gateway.assertions;

import org.jspecify.annotations.NullMarked;
