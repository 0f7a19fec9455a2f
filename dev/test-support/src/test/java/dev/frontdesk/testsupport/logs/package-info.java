/** Leaks that are found, and what only looks like one. */
@NullMarked
package dev.frontdesk.testsupport.logs;

import org.jspecify.annotations.NullMarked;
