package dev.frontdesk.notification.templates;

/**
 * A text whose first line is its heading: the subject of a mail, the title of a notification. A heading is always one
 * line, so that no part of it can become a separate header.
 */
public record TitledText(String heading, String body) {

    public static TitledText of(String text) {
        int end = text.indexOf('\n');
        if (end < 0) {
            return new TitledText(oneLine(text), "");
        }
        return new TitledText(
                oneLine(text.substring(0, end)), text.substring(end + 1).strip());
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
