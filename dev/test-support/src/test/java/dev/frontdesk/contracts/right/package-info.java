/** A contract as it should be. */
@NullMarked
package dev.frontdesk.contracts.right;

import org.jspecify.annotations.NullMarked;
