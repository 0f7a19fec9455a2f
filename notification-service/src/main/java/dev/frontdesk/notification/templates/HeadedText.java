package dev.frontdesk.notification.templates;

/**
 * A text whose first line is its heading: the subject of a mail, the title of a notification. A heading is one line by
 * construction, so that nothing in it can become a header of its own.
 */
public record HeadedText(String heading, String body) {

    public static HeadedText of(String text) {
        int end = text.indexOf('\n');
        if (end < 0) {
            return new HeadedText(oneLine(text), "");
        }
        return new HeadedText(
                oneLine(text.substring(0, end)), text.substring(end + 1).strip());
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
