/** Servers that stand where the services would, to show what reached them and to misbehave when told. */
@NullMarked
package dev.frontdesk.gateway.backends;

import org.jspecify.annotations.NullMarked;
