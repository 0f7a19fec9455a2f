/** Who calls: the gateway's signed assertion, its check, and the caller as a handler's parameter. */
@NullMarked
package dev.frontdesk.kit.identity;

import org.jspecify.annotations.NullMarked;
