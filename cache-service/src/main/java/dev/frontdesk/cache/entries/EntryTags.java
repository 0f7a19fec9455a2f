package dev.frontdesk.cache.entries;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Names by which several entries are invalidated together. */
public final class EntryTags {

    /** As CDNs have it. */
    public static final String HEADER = "Cache-Tag";

    /** Of one entry, and of one invalidation. */
    static final int MOST = 16;

    static final String EXPECTED = "must be up to " + MOST + " tags, each 1 to 64 of a-z, 0-9, '.', '_' and '-'";

    private static final Pattern TAG = Pattern.compile("[a-z0-9._-]{1,64}");
    private static final Pattern COMMA = Pattern.compile(",");

    private EntryTags() {}

    /** @throws ProblemException 400 for a header that is not a list of tags */
    static Set<String> in(HttpHeaders headers) {
        Set<String> tags = headers.containsHeader(HEADER) ? parse(headers.getOrEmpty(HEADER)) : Set.of();
        if (tags == null) {
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST, HEADER + " " + EXPECTED + ", separated by commas.");
        }
        return tags;
    }

    /**
     * @param lines of the header
     * @return null if they are not a list of tags; empty without a line
     */
    public static @Nullable Set<String> parse(List<String> lines) {
        var tags = new LinkedHashSet<String>();
        lines.forEach(line -> COMMA.splitAsStream(line).map(String::strip).forEach(tags::add));
        return lines.isEmpty() || (!tags.isEmpty() && areTags(List.copyOf(tags))) ? tags : null;
    }

    static boolean areTags(List<@Nullable String> tags) {
        return tags.size() <= MOST
                && tags.stream().allMatch(tag -> tag != null && TAG.matcher(tag).matches());
    }
}
