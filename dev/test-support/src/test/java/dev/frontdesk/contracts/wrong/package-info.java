/** Contracts that depend on frameworks. */
@NullMarked
package dev.frontdesk.contracts.wrong;

import org.jspecify.annotations.NullMarked;
