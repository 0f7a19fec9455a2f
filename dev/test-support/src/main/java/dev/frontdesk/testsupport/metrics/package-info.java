/** Reads the metrics of a running service. */
@NullMarked
package dev.frontdesk.testsupport.metrics;

import org.jspecify.annotations.NullMarked;
