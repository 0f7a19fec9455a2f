/** A feature that another one leans on, one way. */
@NullMarked
package dev.frontdesk.testsupport.architecture.right.clock;

import org.jspecify.annotations.NullMarked;
