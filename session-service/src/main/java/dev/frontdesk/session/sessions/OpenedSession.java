package dev.frontdesk.session.sessions;

/** A new session with the only copy of its token. */
public record OpenedSession(SessionToken token, Session session) {}
