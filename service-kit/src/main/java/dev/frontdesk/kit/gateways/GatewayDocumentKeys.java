package dev.frontdesk.kit.gateways;

import dev.frontdesk.kit.redis.KeySpace;

/** The copy of the documents that all gateways share. registration-service alone writes it; gateways read it. */
public final class GatewayDocumentKeys {

    private GatewayDocumentKeys() {}

    /** A hash: a document's name, and a {@code GatewayDocument} as JSON. */
    public static String copy(KeySpace keys) {
        return keys.shared("gateway-documents");
    }

    /**
     * A channel: each time that a copy was replaced, the {@code GatewayDocumentVersion} of the new one as JSON. It reaches only
     * instances that are subscribed at that moment.
     */
    public static String changes(KeySpace keys) {
        return keys.shared("gateway-document-changes");
    }
}
