/**
 * Sign-ups whose address is not proved yet: stored in Redis, in PostgreSQL while Redis is down, with a handover between
 * them.
 */
@NullMarked
package dev.frontdesk.registration.pendingregistrations;

import org.jspecify.annotations.NullMarked;
