/** Time that stands still until a test moves it. */
@NullMarked
package dev.frontdesk.testsupport.clock;

import org.jspecify.annotations.NullMarked;
