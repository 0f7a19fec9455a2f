/** The only place that may use reactor-kafka. */
@NullMarked
package dev.frontdesk.kit.right;

import org.jspecify.annotations.NullMarked;
