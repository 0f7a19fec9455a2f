/** Errors as problem+json (RFC 9457), from one place for every service. */
@NullMarked
package dev.frontdesk.kit.problem;

import org.jspecify.annotations.NullMarked;
