/** One half of a cycle of two features. */
@NullMarked
package dev.frontdesk.testsupport.architecture.wrong.circle.orders;

import org.jspecify.annotations.NullMarked;
