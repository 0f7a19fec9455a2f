/** The log lines of a test, and the check that they contain no secret. */
@NullMarked
package dev.frontdesk.testsupport.logs;

import org.jspecify.annotations.NullMarked;
