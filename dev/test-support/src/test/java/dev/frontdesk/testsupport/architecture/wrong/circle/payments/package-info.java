/** The other half of a cycle of two features. */
@NullMarked
package dev.frontdesk.testsupport.architecture.wrong.circle.payments;

import org.jspecify.annotations.NullMarked;
