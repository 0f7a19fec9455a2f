/** Accounts as their readers see them, kept for minutes in Redis; without Redis as PostgreSQL has them. */
@NullMarked
package dev.frontdesk.registration.profilecache;

import org.jspecify.annotations.NullMarked;
