package dev.frontdesk.cache.entries;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/**
 * The conditions of a request on the current entry (RFC 9110, sections 13.1.1 and 13.1.2): {@code If-Match} holds for
 * an entry with one of its tags and is compared strongly; {@code If-None-Match} holds for no entry with one of its tags
 * and is compared weakly. Times are not supported as conditions, because entries have no {@code Last-Modified}.
 *
 * @param match empty without the header; {@code *} matches any entry
 * @param noneMatch the same, without the prefix {@code W/}
 */
public record Preconditions(List<String> match, List<String> noneMatch) {

    public static final Preconditions NONE = new Preconditions(List.of(), List.of());
    private static final String ANY = "*";
    private static final String WEAK = "W/";

    /** An entity tag, and the separator between two; a list may have empty elements (RFC 9110, section 5.6.1). */
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"[\\x21\\x23-\\x7E\\x80-\\uFFFF]*\"");

    private static final Pattern BETWEEN = Pattern.compile("[ \\t]*(?:,[ \\t]*)+");

    /**
     * @throws ProblemException 400 for a header that is neither {@code *} nor a list of entity tags: ignoring it would
     *     protect nothing
     */
    public static Preconditions of(HttpHeaders headers) {
        if (!headers.containsHeader(HttpHeaders.IF_MATCH) && !headers.containsHeader(HttpHeaders.IF_NONE_MATCH)) {
            return NONE;
        }
        return new Preconditions(
                read(HttpHeaders.IF_MATCH, headers),
                read(HttpHeaders.IF_NONE_MATCH, headers).stream()
                        .map(tag -> tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag)
                        .toList());
    }

    /** Whether the entry may be returned. */
    boolean letRead(Entry entry) {
        return match.isEmpty() || match.contains(ANY) || match.contains(entry.tag());
    }

    /** Whether the client already has this entry. */
    boolean know(Entry entry) {
        return noneMatch.contains(ANY) || noneMatch.contains(entry.tag());
    }

    /** The tags as scripts expect them: separated by spaces, which no tag contains. */
    public String matchText() {
        return String.join(" ", match);
    }

    public String noneMatchText() {
        return String.join(" ", noneMatch);
    }

    private static List<String> read(String header, HttpHeaders headers) {
        List<String> lines = headers.getOrEmpty(header);
        if (lines.isEmpty()) {
            return List.of();
        }
        String text = String.join(",", lines).strip();
        List<String> tags = text.equals(ANY) ? List.of(ANY) : tags(text);
        if (tags.isEmpty()) {
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST, header + " must be * or a list of entity tags in double quotes.");
        }
        return tags;
    }

    /** Empty if the text is not a list of tags. A tag may contain commas, so the text is parsed from left to right. */
    private static List<String> tags(String text) {
        var tags = new ArrayList<String>();
        var tag = TAG.matcher(text);
        var between = BETWEEN.matcher(text);
        int at = skip(between, 0, text);
        while (at < text.length()) {
            if (!tag.region(at, text.length()).lookingAt()) {
                return List.of();
            }
            tags.add(tag.group());
            int next = skip(between, tag.end(), text);
            if (next == tag.end() && next < text.length()) {
                return List.of();
            }
            at = next;
        }
        return tags;
    }

    private static int skip(Matcher between, int from, String text) {
        return between.region(from, text.length()).lookingAt() ? between.end() : from;
    }
}
