/** Settings that all services share, addresses in the forms that libraries want, and what an environment must hold. */
@NullMarked
package dev.frontdesk.kit.environment;

import org.jspecify.annotations.NullMarked;
