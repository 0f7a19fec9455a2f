package dev.frontdesk.cache.locks;

import dev.frontdesk.cache.names.NameRule;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** The caller's name for a lock: 1 to 256 bytes of UTF-8, see {@link NameRule}. */
record LockName(String text) {

    private static final NameRule NAME = new NameRule("name", 256);

    LockName {
        NAME.checked(text);
    }

    /** @param variable the name as Spring has read it from the path */
    static LockName in(ServerHttpRequest request, String variable) {
        return new LockName(NAME.read(request, variable));
    }
}
