/** A feature as it should be, with what only looks forbidden. */
@NullMarked
package dev.frontdesk.testsupport.architecture.right.accounts;

import org.jspecify.annotations.NullMarked;
