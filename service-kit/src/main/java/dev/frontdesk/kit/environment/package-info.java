/** Settings that all services share, and connection addresses in the forms that libraries want. */
@NullMarked
package dev.frontdesk.kit.environment;

import org.jspecify.annotations.NullMarked;
