package dev.frontdesk.contracts.introspection;

/** {@code POST /internal/introspect} at session-service: a form with the token as its field (RFC 7662, section 2.1). */
public final class IntrospectionRequest {

    public static final String PATH = "/internal/introspect";

    public static final String TOKEN = "token";

    private IntrospectionRequest() {}
}
