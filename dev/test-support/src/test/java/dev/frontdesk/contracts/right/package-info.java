/** A valid contract. */
@NullMarked
package dev.frontdesk.contracts.right;

import org.jspecify.annotations.NullMarked;
