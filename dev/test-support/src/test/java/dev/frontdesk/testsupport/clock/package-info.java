/** Moving time. */
@NullMarked
package dev.frontdesk.testsupport.clock;

import org.jspecify.annotations.NullMarked;
