/** The copy in Redis of what all gateways share. */
@NullMarked
package dev.frontdesk.kit.gateways;

import org.jspecify.annotations.NullMarked;
