/** A valid feature, with code that only looks forbidden. */
@NullMarked
package dev.frontdesk.testsupport.architecture.right.accounts;

import org.jspecify.annotations.NullMarked;
