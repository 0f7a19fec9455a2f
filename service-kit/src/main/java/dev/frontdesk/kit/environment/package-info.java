/**
 * Shared settings of all services, conversion of addresses to the formats that libraries need, and checks of the
 * environment.
 */
@NullMarked
package dev.frontdesk.kit.environment;

import org.jspecify.annotations.NullMarked;
