/** The cost of session look-ups, and how fast a revocation takes effect everywhere. */
@NullMarked
package dev.frontdesk.loadtests.sessions;

import org.jspecify.annotations.NullMarked;
