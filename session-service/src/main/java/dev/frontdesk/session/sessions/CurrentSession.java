package dev.frontdesk.session.sessions;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.UUID;

/**
 * The session that asks, and what it stands for: whose it is, and what it may do.
 *
 * @param roles in alphabetical order; those that the session was opened with, which are the account's, because a change of
 *     roles ends it
 */
record CurrentSession(
        UUID accountId,
        String tenant,
        List<String> roles,
        @JsonUnwrapped OwnSession session) {

    static CurrentSession of(Session session) {
        return new CurrentSession(
                session.accountId(),
                session.tenant().value(),
                session.roles().stream().sorted().toList(),
                OwnSession.of(session, session.id()));
    }
}
