/** The suite as dev/up starts it, once for all tests, and views of its logs and data. */
@NullMarked
package dev.frontdesk.endtoend.stack;

import org.jspecify.annotations.NullMarked;
