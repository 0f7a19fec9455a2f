/** Calls the handlers of frequent requests directly, without Spring's chain of filters and its search for a handler. */
@NullMarked
package dev.frontdesk.kit.direct;

import org.jspecify.annotations.NullMarked;
