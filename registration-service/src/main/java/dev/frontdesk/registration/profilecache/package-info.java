/** A cache of accounts for reading: stored in Redis for minutes; without Redis, reads go to PostgreSQL. */
@NullMarked
package dev.frontdesk.registration.profilecache;

import org.jspecify.annotations.NullMarked;
