/** What Redis says of itself. */
@NullMarked
package dev.frontdesk.cache.statistics;

import org.jspecify.annotations.NullMarked;
