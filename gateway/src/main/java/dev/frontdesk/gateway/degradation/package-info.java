/** What clients see while a service is away. */
@NullMarked
package dev.frontdesk.gateway.degradation;

import org.jspecify.annotations.NullMarked;
