/** Metrics that all services have, and values that are read at intervals instead of at each scrape. */
@NullMarked
package dev.frontdesk.kit.metrics;

import org.jspecify.annotations.NullMarked;
