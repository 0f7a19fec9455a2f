/** The health report that each service gives to the gateway. */
@NullMarked
package dev.frontdesk.contracts.health;

import org.jspecify.annotations.NullMarked;
