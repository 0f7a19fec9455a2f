package dev.frontdesk.notification.templates;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the tags of a template that somebody else wrote, before anything runs it. What could write a value unescaped,
 * change what a tag is, read another file or make the compiler dig without end is refused; what is left are variables,
 * sections and our own page.
 */
final class Tags {

    /** The one page that may be filled; in HTML alone. */
    static final String PAGE = "mail/layout";

    /** More than any mail needs, and few enough that sections within sections stay shallow. */
    private static final int MOST_SECTIONS = 100;

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}(\\.[A-Za-z0-9_]{1,64}){0,4}");

    /** Of the element that a section stands at. */
    private static final Set<String> IN_A_LIST = Set.of(".", "this", "-first", "-last", "-index");

    private final String source;
    private final boolean html;
    private final Deque<String> sections = new ArrayDeque<>();
    private final Set<String> names = new LinkedHashSet<>();
    private int opened;

    private Tags(String source, boolean html) {
        this.source = source;
        this.html = html;
    }

    /**
     * The names that a template asks its model for. Within a section over what the application gives a name may be one of
     * the list's own, so it is not among them.
     *
     * @throws IllegalArgumentException with a message that may be shown
     */
    static Set<String> namesIn(String source, boolean html) {
        return new Tags(source, html).read();
    }

    private Set<String> read() {
        int at = source.indexOf(OPEN);
        while (at >= 0) {
            int end = source.indexOf(CLOSE, at);
            if (end < 0) {
                throw refused(at, "a tag is not closed");
            }
            tag(at, source.substring(at + OPEN.length(), end));
            at = source.indexOf(OPEN, end + CLOSE.length());
        }
        if (!sections.isEmpty()) {
            throw new IllegalArgumentException("is no template: a section is not closed");
        }
        return names;
    }

    private void tag(int at, String content) {
        String text = content.strip();
        if (text.isEmpty()) {
            throw refused(at, "a tag is empty");
        }
        String rest = text.substring(1).strip();
        switch (text.charAt(0)) {
            case '{', '&' -> throw refused(at, "values are always escaped: write {{name}}");
            case '=' -> throw refused(at, "tags can't be written in another way than {{name}}");
            case '!' -> {
                // A comment.
            }
            case '>' -> page(at, rest);
            case '<' -> {
                page(at, rest);
                open(at, rest);
            }
            case '$' -> open(at, named(at, rest));
            case '#', '^' -> {
                ask(at, rest);
                open(at, rest);
            }
            case '/' -> {
                if (!rest.equals(sections.poll())) {
                    throw refused(at, "a section is closed that was not open");
                }
            }
            default -> ask(at, text);
        }
    }

    private void page(int at, String name) {
        if (!html || !name.equals(PAGE)) {
            throw refused(at, "there is no such page here; in html there is " + PAGE);
        }
    }

    private void open(int at, String name) {
        if (++opened > MOST_SECTIONS) {
            throw refused(at, "more than " + MOST_SECTIONS + " sections");
        }
        sections.push(name);
    }

    private void ask(int at, String name) {
        boolean inGiven = sections.stream().anyMatch(section -> isGiven(section));
        if (IN_A_LIST.contains(name)) {
            if (!inGiven) {
                throw refused(at, "only within a section over what is given");
            }
            return;
        }
        named(at, name);
        if (!inGiven || isGiven(name)) {
            names.add(name);
        }
    }

    private static boolean isGiven(String name) {
        return name.startsWith(TemplateModel.GIVEN + ".");
    }

    private String named(int at, String name) {
        if (!NAME.matcher(name).matches()) {
            throw refused(at, "not a name");
        }
        return name;
    }

    private IllegalArgumentException refused(int at, String why) {
        Matcher lines = Pattern.compile("\n").matcher(source.substring(0, at));
        long line = 1 + lines.results().count();
        return new IllegalArgumentException("is no template, line " + line + ": " + why);
    }
}
