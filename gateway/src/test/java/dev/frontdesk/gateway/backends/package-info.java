/** Servers that replace the services, to show what reached them and to fail on demand. */
@NullMarked
package dev.frontdesk.gateway.backends;

import org.jspecify.annotations.NullMarked;
