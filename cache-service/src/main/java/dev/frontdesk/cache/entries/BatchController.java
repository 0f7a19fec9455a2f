package dev.frontdesk.cache.entries;

import static java.util.Objects.requireNonNull;

import dev.frontdesk.cache.namespaces.KnownNamespaces;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.web.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Several entries of one namespace in one request. */
@RestController
@RequestMapping("/api/v1/cache/{namespace}")
class BatchController {

    /** Each entry can be 1 MB, so only some are read before their sum is checked. */
    private static final int READ_AT_ONCE = 20;

    private static final DataSize LARGEST_RESPONSE = DataSize.ofMegabytes(8);

    private final Entries entries;
    private final EntryChanges changes;
    private final KnownNamespaces namespaces;
    private final BatchReader batches;
    private final EntryText text;

    BatchController(
            Entries entries, EntryChanges changes, KnownNamespaces namespaces, BatchReader batches, EntryText text) {
        this.entries = entries;
        this.changes = changes;
        this.namespaces = namespaces;
        this.batches = batches;
        this.text = text;
    }

    record GetRequest(@Nullable List<@Nullable String> keys) {

        /** Without the keys, which can be private. */
        @Override
        public String toString() {
            return "GetRequest";
        }
    }

    record GetResponse(List<FoundEntry> entries) {}

    record PutRequest(
            @Nullable List<@Nullable BatchEntry> entries,
            @Nullable Long ttlSeconds) {}

    record Stored(String key, String result, String etag) {

        /** Without the key, which can be private. */
        @Override
        public String toString() {
            return "Stored[" + result + "]";
        }
    }

    record PutResponse(List<Stored> entries) {}

    @PostMapping("/mget")
    Mono<GetResponse> get(
            Caller caller, @PathVariable String namespace, ServerHttpRequest request, @RequestBody GetRequest wanted) {
        var names = batches.names(EntryPath.namespace(namespace, request), wanted.keys());
        var owner = Owner.of(caller);
        return Flux.fromIterable(new LinkedHashSet<>(names))
                .buffer(READ_AT_ONCE)
                .concatMap(some -> entries.find(owner, some), 1)
                .scanWith(HashMap<EntryName, Held>::new, (all, some) -> {
                    all.putAll(some);
                    requireBounded(names, all);
                    return all;
                })
                .last()
                // To parse and write megabytes of JSON would keep other requests of an event loop waiting.
                .publishOn(Schedulers.parallel())
                .map(all -> new GetResponse(names.stream()
                        .map(name -> FoundEntry.of(name, all.get(name), text))
                        .toList()));
    }

    /** Stores the entries of one partition all or none; see {@link EntryChanges}. */
    @PostMapping("/mset")
    Mono<PutResponse> put(
            Caller caller, @PathVariable String namespace, ServerHttpRequest request, @RequestBody PutRequest wanted) {
        String checked = EntryPath.namespace(namespace, request);
        var batch = batches.entries(checked, wanted.entries());
        var owner = Owner.of(caller);
        return namespaces
                .of(owner.tenant(), checked)
                .flatMap(settings -> changes.put(
                        owner, batch, Retention.of(owner, settings.ttlOrDefault(wanted.ttlSeconds()), settings)))
                .map(written -> response(batch, written));
    }

    private static PutResponse response(Map<EntryName, Entry> batch, List<EntryChanges.Written> written) {
        if (written.stream().allMatch(EntryChanges.Written.FULL::equals)) {
            throw EntryResponses.full();
        }
        var names = List.copyOf(batch.keySet());
        var stored = new ArrayList<Stored>();
        for (int i = 0; i < names.size(); i++) {
            stored.add(new Stored(
                    names.get(i).key(),
                    written.get(i).name().toLowerCase(Locale.ROOT),
                    requireNonNull(batch.get(names.get(i))).tag()));
        }
        return new PutResponse(stored);
    }

    /** A key that is asked for twice is in the response twice. */
    private static void requireBounded(List<EntryName> names, Map<EntryName, Held> all) {
        long bytes = names.stream()
                .map(all::get)
                .mapToLong(held -> held == null ? 0 : held.entry().body().length)
                .sum();
        if (bytes > LARGEST_RESPONSE.toBytes()) {
            throw new ProblemException(
                    ProblemType.PAYLOAD_TOO_LARGE,
                    "The entries have more than " + LARGEST_RESPONSE.toMegabytes()
                            + " MB together: ask for fewer keys.");
        }
    }
}
