/** A feature that another one depends on, in one direction. */
@NullMarked
package dev.frontdesk.testsupport.architecture.right.clock;

import org.jspecify.annotations.NullMarked;
