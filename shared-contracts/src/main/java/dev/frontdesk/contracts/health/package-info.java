/** How a service tells the gateway how it is. */
@NullMarked
package dev.frontdesk.contracts.health;

import org.jspecify.annotations.NullMarked;
