package dev.frontdesk.cache.entries;

import dev.frontdesk.cache.names.NamespaceName;
import dev.frontdesk.kit.web.ProblemException;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Reads what the path of a request names. */
public final class EntryPath {

    private EntryPath() {}

    /** @throws ProblemException 400 for a namespace or a key that is not allowed */
    static EntryName name(String namespace, String key, ServerHttpRequest request) {
        EntryName.KEY.refuseSemicolons(request);
        return new EntryName(NamespaceName.checked(namespace), key);
    }

    /** @throws ProblemException 400 for a namespace that is not allowed */
    public static String namespace(String namespace, ServerHttpRequest request) {
        EntryName.KEY.refuseSemicolons(request);
        return NamespaceName.checked(namespace);
    }
}
