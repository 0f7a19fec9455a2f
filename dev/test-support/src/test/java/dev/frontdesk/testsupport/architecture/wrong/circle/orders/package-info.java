/** One half of a circle of two features. */
@NullMarked
package dev.frontdesk.testsupport.architecture.wrong.circle.orders;

import org.jspecify.annotations.NullMarked;
