package dev.frontdesk.notification.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Encodes free text for a header field (RFC 5322, RFC 2047). The mail client can't do that: it encodes char by char,
 * and does not encode text that only looks encoded. Here each encoded word contains whole characters, no line is longer
 * than 76, and mail readers decode exactly the original text. The text must not contain control characters.
 */
final class HeaderText {

    private static final String FOLD = "\r\n ";
    private static final int LONGEST_LINE = 76;
    private static final int LONGEST_WORD = 75;
    private static final String BEFORE = "=?UTF-8?B?";
    private static final String AFTER = "?=";

    /** The start of an encoded word: a mail reader would decode such text. */
    private static final String ENCODED = "=?";

    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]*");

    /** Atoms (RFC 5322, 3.2.3) with single spaces between them. */
    private static final Pattern ATOMS =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+( [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");

    private HeaderText() {}

    /** The value of an unstructured field, for example {@code Subject}. */
    static String unstructured(String field, String text) {
        int column = field.length() + 2;
        if (!isPlain(text) || !text.strip().equals(text)) {
            return encoded(text, column);
        }
        return column + text.length() <= LONGEST_LINE ? text : folded(text, column);
    }

    /** The value of a field with one mailbox, for example {@code From}. */
    static String mailbox(String field, String name, MailAddress address) {
        if (name.isEmpty()) {
            return address.toString();
        }
        int column = field.length() + 2;
        String phrase = phrase(name, column);
        String route = "<" + address + ">";
        int lineBegin = phrase.lastIndexOf('\n') + 1;
        int length = phrase.length() - lineBegin + (lineBegin == 0 ? column : 0);
        return phrase + (length + 1 + route.length() <= LONGEST_LINE ? " " : FOLD) + route;
    }

    private static String phrase(String name, int column) {
        String quoted = ATOMS.matcher(name).matches()
                ? name
                : "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        return isPlain(name) && column + quoted.length() <= LONGEST_LINE ? quoted : encoded(name, column);
    }

    private static boolean isPlain(String text) {
        return PRINTABLE.matcher(text).matches() && !text.contains(ENCODED);
    }

    /**
     * A mail reader may turn a fold with several spaces into one space, so text with several spaces in a row is
     * encoded; so is text with a very long word.
     */
    private static String folded(String text, int column) {
        var lines = new StringBuilder();
        int length = column;
        for (String word : text.split(" ", -1)) {
            if (word.isEmpty() || word.length() > LONGEST_WORD) {
                return encoded(text, column);
            }
            boolean first = lines.isEmpty();
            if (!first && length + 1 + word.length() > LONGEST_LINE || first && length + word.length() > LONGEST_LINE) {
                lines.append(FOLD).append(word);
                length = 1 + word.length();
            } else {
                lines.append(first ? "" : " ").append(word);
                length += word.length() + (first ? 0 : 1);
            }
        }
        return lines.toString();
    }

    private static String encoded(String text, int column) {
        var words = new ArrayList<String>();
        int from = 0;
        while (from < text.length()) {
            int to = end(text, from, words.isEmpty() ? LONGEST_LINE - column : LONGEST_WORD);
            words.add(word(text.substring(from, to)));
            from = to;
        }
        return String.join(FOLD, words);
    }

    /** The end of an encoded word of that length: after a whole character, and after at least one. */
    private static int end(String text, int from, int longest) {
        int room = (longest - BEFORE.length() - AFTER.length()) / 4 * 3;
        int to = from;
        while (to < text.length()) {
            int next = to + Character.charCount(text.codePointAt(to));
            room -= text.substring(to, next).getBytes(UTF_8).length;
            if (room < 0 && to > from) {
                return to;
            }
            to = next;
        }
        return to;
    }

    private static String word(String text) {
        return BEFORE + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)) + AFTER;
    }
}
