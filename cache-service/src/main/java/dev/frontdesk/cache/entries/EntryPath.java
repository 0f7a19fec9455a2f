package dev.frontdesk.cache.entries;

import dev.frontdesk.cache.namespaces.NamespaceName;
import dev.frontdesk.kit.web.ProblemException;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Reads what the path of a request names. */
final class EntryPath {

    private EntryPath() {}

    /** @throws ProblemException 400 for a namespace or a key that is not allowed */
    static EntryName name(String namespace, String key, ServerHttpRequest request) {
        refuseSemicolons(request);
        return new EntryName(namespace, key);
    }

    /** @throws ProblemException 400 for a namespace that is not allowed */
    static String namespace(String namespace, ServerHttpRequest request) {
        refuseSemicolons(request);
        return NamespaceName.checked(namespace);
    }

    /** Path variables leave out what follows a semicolon, so two keys would address the same entry. */
    private static void refuseSemicolons(ServerHttpRequest request) {
        if (request.getPath().value().indexOf(';') >= 0) {
            throw ProblemException.invalid("key", "must have semicolons encoded as %3B");
        }
    }
}
