/** Counts requests of subjects against token buckets and sliding windows, in Redis or, while it is down, in the gateway. */
@NullMarked
package dev.frontdesk.gateway.limiter;

import org.jspecify.annotations.NullMarked;
