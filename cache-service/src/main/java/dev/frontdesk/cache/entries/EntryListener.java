package dev.frontdesk.cache.entries;

import java.util.Collection;
import reactor.core.publisher.Mono;

/** Learns of changes by clients before they are acknowledged. */
public interface EntryListener {

    /** These entries were stored, changed or deleted. Never fails. */
    Mono<Void> changed(Owner owner, String namespace, Collection<EntryName> names);

    /** Entries of the namespace were invalidated. Never fails. */
    Mono<Void> invalidated(Owner owner, String namespace);
}
