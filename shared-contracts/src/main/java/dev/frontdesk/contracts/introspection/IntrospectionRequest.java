package dev.frontdesk.contracts.introspection;

/** Body of {@code POST /internal/introspect} at session-service. */
public record IntrospectionRequest(String token) {

    public static final String PATH = "/internal/introspect";

    @Override
    public String toString() {
        return "IntrospectionRequest[***]";
    }
}
