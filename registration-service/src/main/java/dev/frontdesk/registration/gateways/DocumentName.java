package dev.frontdesk.registration.gateways;

import dev.frontdesk.contracts.gateways.GatewayDocument;
import java.util.Arrays;
import java.util.Optional;

/** The documents, and how many versions of each are kept. */
enum DocumentName {
    ROUTES(GatewayDocument.ROUTES, 100),
    /** Only the latest: a former one contains private keys that nothing needs any more. */
    SIGNING_KEYS(GatewayDocument.SIGNING_KEYS, 1);

    private final String text;
    private final int keptVersions;

    DocumentName(String text, int keptVersions) {
        this.text = text;
        this.keptVersions = keptVersions;
    }

    static Optional<DocumentName> named(String text) {
        return Arrays.stream(values()).filter(it -> it.text.equals(text)).findFirst();
    }

    String text() {
        return text;
    }

    int keptVersions() {
        return keptVersions;
    }
}
