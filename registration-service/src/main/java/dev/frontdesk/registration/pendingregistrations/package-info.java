/** Sign-ups whose address is not proved yet: in Redis, in PostgreSQL while Redis is down, and how the one takes over from the other. */
@NullMarked
package dev.frontdesk.registration.pendingregistrations;

import org.jspecify.annotations.NullMarked;
