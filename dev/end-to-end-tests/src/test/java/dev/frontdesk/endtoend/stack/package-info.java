/** The suite as dev/up starts it, once for all tests, and what can be seen of it from behind. */
@NullMarked
package dev.frontdesk.endtoend.stack;

import org.jspecify.annotations.NullMarked;
