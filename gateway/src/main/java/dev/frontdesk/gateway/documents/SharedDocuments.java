package dev.frontdesk.gateway.documents;

import dev.frontdesk.contracts.gateways.GatewayDocument;
import java.util.function.Consumer;
import reactor.core.scheduler.Scheduler;

/** Makes the documents that a feature needs; each one must be a bean, so that it follows its changes. */
public final class SharedDocuments {

    private final StoredDocuments stored;
    private final CopiedDocuments copied;
    private final Scheduler worker;

    SharedDocuments(StoredDocuments stored, CopiedDocuments copied, Scheduler worker) {
        this.stored = stored;
        this.copied = copied;
        this.worker = worker;
    }

    /**
     * @param name of {@link GatewayDocument}
     * @param use gets each later version, version 0 only if none was known before; throws for one that can't be used
     */
    public SharedDocument named(String name, Consumer<GatewayDocument> use) {
        return new SharedDocument(name, stored, copied, worker, use);
    }
}
