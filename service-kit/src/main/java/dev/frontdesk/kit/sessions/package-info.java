/** What session-service tells at once of a session, for those who remember something of it. */
@NullMarked
package dev.frontdesk.kit.sessions;

import org.jspecify.annotations.NullMarked;
