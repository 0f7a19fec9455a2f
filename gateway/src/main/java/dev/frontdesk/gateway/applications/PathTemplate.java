package dev.frontdesk.gateway.applications;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A pattern of paths: segments, of which {@code *} stands for any one and {@code **}, as the last, for any number. A slash at the end of a path changes nothing; capital letters do. For example
 * {@code /shop/products/*} and {@code /shop/**}, which includes {@code /shop} itself.
 */
record PathTemplate(String text, List<String> segments) {

    static final String ONE = "*";
    static final String MANY = "**";

    private static final int LONGEST = 500;

    /** What a segment of a URL may have without encoding, except the asterisk, and the semicolon of path parameters. */
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._~!$&'()+,=:@-]+");

    /** A literal segment comes before any one, and that before any number. */
    static final Comparator<PathTemplate> MOST_SPECIFIC_FIRST = (a, b) -> {
        for (int i = 0; i < Math.max(a.segments.size(), b.segments.size()); i++) {
            int byRank = Integer.compare(a.rank(i), b.rank(i));
            if (byRank != 0) {
                return byRank;
            }
        }
        return a.text.compareTo(b.text);
    };

    PathTemplate {
        segments = List.copyOf(segments);
    }

    /** @throws IllegalArgumentException with a message that may be shown */
    static PathTemplate parse(String text) {
        if (!text.startsWith("/") || text.length() > LONGEST) {
            throw new IllegalArgumentException("must begin with a slash and have at most " + LONGEST + " characters");
        }
        List<String> segments =
                text.equals("/") ? List.of() : List.of(text.substring(1).split("/", -1));
        for (int i = 0; i < segments.size(); i++) {
            check(segments.get(i), i == segments.size() - 1);
        }
        return new PathTemplate(text, segments);
    }

    private static void check(String segment, boolean last) {
        boolean wildcard = segment.equals(ONE) || (segment.equals(MANY) && last);
        if (!wildcard && !SEGMENT.matcher(segment).matches() || segment.equals(".") || segment.equals("..")) {
            throw new IllegalArgumentException(
                    "must consist of segments without encoded characters, of which * stands for any one, and ** at the end"
                            + " for any number");
        }
    }

    private int rank(int i) {
        if (i >= segments.size()) {
            return 0;
        }
        return switch (segments.get(i)) {
            case ONE -> 1;
            case MANY -> 2;
            default -> 0;
        };
    }

    /** The first segment; empty for the root. */
    String first() {
        return segments.isEmpty() ? "" : segments.getFirst();
    }

    /** @param path decoded, of which no segment but the last is empty */
    boolean matches(String path) {
        int start = 1;
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (segment.equals(MANY)) {
                return true;
            }
            if (start > path.length()) {
                return false;
            }
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            boolean same = segment.equals(ONE)
                    ? end > start
                    : end - start == segment.length() && path.startsWith(segment, start);
            if (!same) {
                return false;
            }
            start = end + 1;
        }
        // With a slash at the end, too: many applications take that for the same path.
        return segments.isEmpty() ? path.equals("/") : start >= path.length();
    }

    /** Whether there is a path that both match. */
    boolean overlaps(PathTemplate other) {
        for (int i = 0; ; i++) {
            if (isMany(i) || other.isMany(i)) {
                return true;
            }
            if (i >= segments.size() || i >= other.segments.size()) {
                return segments.size() == other.segments.size();
            }
            String mine = segments.get(i);
            String its = other.segments.get(i);
            if (!mine.equals(ONE) && !its.equals(ONE) && !mine.equals(its)) {
                return false;
            }
        }
    }

    /** Whether this one matches every path that the other one matches. */
    boolean covers(PathTemplate other) {
        for (int i = 0; ; i++) {
            if (isMany(i)) {
                return true;
            }
            if (other.isMany(i)) {
                return false;
            }
            if (i >= segments.size() || i >= other.segments.size()) {
                return segments.size() == other.segments.size();
            }
            if (!segments.get(i).equals(ONE) && !segments.get(i).equals(other.segments.get(i))) {
                return false;
            }
        }
    }

    private boolean isMany(int i) {
        return i < segments.size() && segments.get(i).equals(MANY);
    }
}
