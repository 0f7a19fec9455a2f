/** What was logged during a test, and the proof that no secret was. */
@NullMarked
package dev.frontdesk.testsupport.logs;

import org.jspecify.annotations.NullMarked;
