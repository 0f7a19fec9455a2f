package dev.frontdesk.session.sessions;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.UUID;

/**
 * A session as its owner sees it.
 *
 * @param current whether it is the caller's session
 */
record OwnSession(@JsonUnwrapped SessionDetails details, boolean current) {

    static OwnSession of(Session session, UUID current) {
        return new OwnSession(SessionDetails.of(session), session.id().equals(current));
    }
}
