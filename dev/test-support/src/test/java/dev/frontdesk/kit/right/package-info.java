/** The one place where reactor-kafka may be known. */
@NullMarked
package dev.frontdesk.kit.right;

import org.jspecify.annotations.NullMarked;
