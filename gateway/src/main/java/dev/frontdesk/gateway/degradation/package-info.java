/** Defines what clients see while a service is down. */
@NullMarked
package dev.frontdesk.gateway.degradation;

import org.jspecify.annotations.NullMarked;
