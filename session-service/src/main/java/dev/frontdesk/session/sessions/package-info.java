/** Sessions as they live in Redis, and their owners' view of them. */
@NullMarked
package dev.frontdesk.session.sessions;

import org.jspecify.annotations.NullMarked;
