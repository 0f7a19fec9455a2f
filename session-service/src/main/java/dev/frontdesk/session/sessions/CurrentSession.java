package dev.frontdesk.session.sessions;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.UUID;

/**
 * The caller's session, with its account and roles.
 *
 * @param roles in alphabetical order; the roles at the login, which are still the account's, because a change of roles
 *     ends the session
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
