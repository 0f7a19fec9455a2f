package dev.frontdesk.notification.templates;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads and checks the tags of an untrusted template before it is compiled. Refuses tags that could write a value
 * unescaped, change the delimiters, read another file or make the compiler recurse without limit. Variables, sections
 * and our own page are allowed.
 */
final class TemplateTags {

    /** The only page that a template may fill, and only in HTML. */
    static final String PAGE = "mail/layout";

    /** More than any mail needs. */
    private static final int MOST_TAGS = 500;

    /** Nested sections are nested calls when they are rendered, and nested lists multiply the work. */
    private static final int DEEPEST = 8;

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    private static final String SIGILS = "#^/$<>";

    /** The sigil, if any, is the very first character, because the template engine expects it there. */
    private static final Pattern TAG = Pattern.compile("([" + SIGILS + "]?) *([^ ]+) *");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}(\\.[A-Za-z0-9_]{1,64}){0,4}");

    /** Names that refer to the current list element of a section. */
    private static final Set<String> IN_A_LIST = Set.of(".", "this", "-first", "-last", "-index");

    private final String source;
    private final boolean html;
    private final Deque<String> sections = new ArrayDeque<>();
    private final Set<String> names = new LinkedHashSet<>();
    private int templateTags;
    private int unseen;

    private TemplateTags(String source, boolean html) {
        this.source = source;
        this.html = html;
    }

    /** @throws IllegalArgumentException with a message that may be shown */
    static TemplateTags of(String source, boolean html) {
        var templateTags = new TemplateTags(source, html);
        templateTags.read();
        return templateTags;
    }

    /**
     * The names that a template reads from its model. Names within a section over the application's data are left out,
     * since they may belong to a list element.
     */
    Set<String> names() {
        return Set.copyOf(names);
    }

    /** The number of sections over the current list element itself, which need no lookup in the model. */
    int unseen() {
        return unseen;
    }

    private void read() {
        int at = source.indexOf(OPEN);
        while (at >= 0) {
            int end = source.indexOf(CLOSE, at);
            if (end < 0) {
                throw refused(at, "a tag is not closed");
            }
            if (++templateTags > MOST_TAGS) {
                throw refused(at, "more than " + MOST_TAGS + " tags");
            }
            tag(at, source.substring(at + OPEN.length(), end));
            at = source.indexOf(OPEN, end + CLOSE.length());
        }
        if (!sections.isEmpty()) {
            throw new IllegalArgumentException("is not a valid template: a section is not closed");
        }
    }

    private void tag(int at, String content) {
        if (content.startsWith("{") || content.startsWith("&")) {
            throw refused(at, "unescaped values are not allowed: write {{name}}");
        }
        if (content.startsWith("=")) {
            throw refused(at, "other delimiters are not allowed: write {{name}}");
        }
        if (content.contains("{") || content.contains("}")) {
            throw refused(at, "a brace inside a tag");
        }
        if (content.startsWith("!")) {
            return;
        }
        if (content.isBlank()) {
            throw refused(at, "a tag is empty");
        }
        Matcher parts = TAG.matcher(content);
        if (!parts.matches()) {
            throw refused(at, "not a name");
        }
        tag(at, parts.group(1), parts.group(2));
    }

    private void tag(int at, String sigil, String name) {
        switch (sigil) {
            case ">" -> page(at, name);
            case "<" -> {
                page(at, name);
                open(at, name);
            }
            case "$" -> open(at, named(at, name));
            case "#", "^" -> {
                ask(at, name);
                open(at, name);
                if (IN_A_LIST.contains(name)) {
                    unseen++;
                }
            }
            case "/" -> {
                if (!name.equals(sections.poll())) {
                    throw refused(at, "the closed section is not open");
                }
            }
            default -> ask(at, name);
        }
    }

    private void page(int at, String name) {
        if (!html || !name.equals(PAGE)) {
            throw refused(at, "unknown page; html templates have " + PAGE);
        }
        if (!sections.isEmpty()) {
            throw refused(at, "a page must not be inside a section");
        }
    }

    private void open(int at, String name) {
        if (sections.size() == DEEPEST) {
            throw refused(at, "more than " + DEEPEST + " nested sections");
        }
        sections.push(name);
    }

    private void ask(int at, String name) {
        boolean inGiven = sections.stream().anyMatch(section -> isGiven(section));
        if (IN_A_LIST.contains(name)) {
            if (!inGiven) {
                throw refused(at, "only inside a section over a list");
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
        return new IllegalArgumentException("is not a valid template, line " + line + ": " + why);
    }
}
