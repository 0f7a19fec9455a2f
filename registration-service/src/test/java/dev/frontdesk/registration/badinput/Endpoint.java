package dev.frontdesk.registration.badinput;

import dev.frontdesk.kit.identity.Caller;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpMethod;

/**
 * An endpoint that reads a body.
 *
 * @param caller a caller with permission
 * @param body a valid one with every field; never sent unchanged
 * @param optional fields that may be missing or null
 * @param tooLarge bytes of a body that is refused because of its size
 */
record Endpoint(
        HttpMethod method, String path, Caller caller, Map<String, Object> body, Set<String> optional, int tooLarge) {

    /** More than the 64 KB of all endpoints without a limit of their own. */
    private static final int OVER_DEFAULT = 70_000;

    static Endpoint post(String path, Caller caller, Map<String, Object> body, String... optional) {
        return new Endpoint(HttpMethod.POST, path, caller, body, Set.of(optional), OVER_DEFAULT);
    }

    static Endpoint patch(String path, Caller caller, Map<String, Object> body, String... optional) {
        return new Endpoint(HttpMethod.PATCH, path, caller, body, Set.of(optional), OVER_DEFAULT);
    }

    static Endpoint delete(String path, Caller caller, Map<String, Object> body, String... optional) {
        return new Endpoint(HttpMethod.DELETE, path, caller, body, Set.of(optional), OVER_DEFAULT);
    }

    static Endpoint put(String path, Caller caller, Map<String, Object> body, int tooLarge) {
        return new Endpoint(HttpMethod.PUT, path, caller, body, Set.of(), tooLarge);
    }

    Map<String, Object> with(String field, Object value) {
        var changed = new LinkedHashMap<>(body);
        changed.put(field, value);
        return changed;
    }

    Map<String, Object> without(String field) {
        var changed = new LinkedHashMap<>(body);
        changed.remove(field);
        return changed;
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
