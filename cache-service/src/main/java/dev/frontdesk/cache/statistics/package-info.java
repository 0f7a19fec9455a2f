/** What tenants have and use: numbers of entries, their sizes, hits and misses. */
@NullMarked
package dev.frontdesk.cache.statistics;

import org.jspecify.annotations.NullMarked;
