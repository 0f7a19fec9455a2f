package dev.frontdesk.gateway.applications;

import dev.frontdesk.gateway.headers.PassedOnHeaders;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads which headers a route changes. Those that say where a message ends or who calls are not a route's to change.
 */
final class HeaderChangeReader {

    private static final int LONGEST = 2000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

    /** Visible ASCII and inner spaces. */
    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?");

    private static final Set<String> FRAMING = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "upgrade",
            "te",
            "trailer",
            "expect",
            "proxy-connection",
            "via",
            "set-cookie",
            "cookie",
            "date");

    private final RouteFields fields;

    HeaderChangeReader(RouteFields fields) {
        this.fields = fields;
    }

    HeaderChange ofRequest(RouteDraft.@Nullable HeaderChanges given) {
        return read("request_headers", given);
    }

    HeaderChange ofResponse(RouteDraft.@Nullable HeaderChanges given) {
        return read("response_headers", given);
    }

    private HeaderChange read(String field, RouteDraft.@Nullable HeaderChanges given) {
        if (given == null) {
            return HeaderChange.NONE;
        }
        Map<String, @Nullable String> set = given.set() == null ? Map.of() : given.set();
        if (set.size() > RouteFields.MOST) {
            fields.refuse(field + ".set", "must have at most " + RouteFields.MOST + " entries");
        }
        var names = new HashSet<String>();
        set.forEach((name, value) -> {
            String at = field + ".set." + (NAME.matcher(name).matches() ? name : "?");
            fields.required(at, name, HeaderChangeReader::name, "");
            fields.required(at, value, HeaderChangeReader::value, "");
            if (!names.add(name.toLowerCase(Locale.ROOT))) {
                fields.refuse(at, "is there twice: upper and lower case make no difference");
            }
        });
        List<String> remove = fields.each(field + ".remove", given.remove(), HeaderChangeReader::name);
        return fields.failed() ? HeaderChange.NONE : new HeaderChange(Map.copyOf(set), List.copyOf(remove));
    }

    private static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("must be the name of a header");
        }
        if (FRAMING.contains(text.toLowerCase(Locale.ROOT)) || PassedOnHeaders.isOurs(text)) {
            throw new IllegalArgumentException("is a header that a route can't change");
        }
        return text;
    }

    private static String value(String text) {
        if (text.length() > LONGEST || !VALUE.matcher(text).matches()) {
            throw new IllegalArgumentException("must be 1 to " + LONGEST + " visible ASCII characters");
        }
        return text;
    }
}
