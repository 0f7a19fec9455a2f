package dev.frontdesk.gateway.documents;

import dev.frontdesk.contracts.gateways.GatewayDocument;
import java.util.function.Consumer;

/** Makes the documents that a feature needs; each one must be a bean, so that it follows its changes. */
public final class SharedDocuments {

    private final StoredDocuments stored;
    private final CopiedDocuments copied;

    SharedDocuments(StoredDocuments stored, CopiedDocuments copied) {
        this.stored = stored;
        this.copied = copied;
    }

    /**
     * @param name of {@link GatewayDocument}
     * @param use gets each later version, also version 0 if none is stored; throws for one that can't be used
     */
    public SharedDocument named(String name, Consumer<GatewayDocument> use) {
        return new SharedDocument(name, stored, copied, use);
    }
}
