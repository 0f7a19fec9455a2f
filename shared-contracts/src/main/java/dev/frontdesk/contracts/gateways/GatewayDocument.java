package dev.frontdesk.contracts.gateways;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A document that all gateways share: response of {@code GET /internal/gateway-documents/{name}} at registration-service, and
 * a value of the copy in Redis. registration-service does not read the content; the gateways check it before they store it.
 *
 * @param name {@link #ROUTES} or {@link #SIGNING_KEYS}
 * @param version counts the document's changes; 0 for a document that is not stored
 * @param content JSON, at most {@link #LONGEST} bytes of UTF-8; empty if it was never stored
 * @param changedAt null for version 0
 */
public record GatewayDocument(
        String name, long version, String content, @Nullable Instant changedAt) {

    /** The routes to applications. Former versions stay available. */
    public static final String ROUTES = "routes";

    /** The keys with which gateways sign assertions; the private ones are encrypted. Former versions are deleted. */
    public static final String SIGNING_KEYS = "signing-keys";

    /** Followed by a slash and the name; then, for a former version, {@code /versions/} and its number. */
    public static final String PATH = "/internal/gateway-documents";

    public static final int LONGEST = 1024 * 1024;

    public static GatewayDocument none(String name) {
        return new GatewayDocument(name, 0, "", null);
    }

    /** Without the content, which may hold keys. */
    @Override
    public String toString() {
        return "GatewayDocument[" + name + ", version " + version + "]";
    }
}
