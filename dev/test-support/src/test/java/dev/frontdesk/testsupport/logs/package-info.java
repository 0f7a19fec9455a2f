/** Leaks that are detected, and text that only looks like one. */
@NullMarked
package dev.frontdesk.testsupport.logs;

import org.jspecify.annotations.NullMarked;
