package dev.frontdesk.notification.templates;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Normalises an application's text for a mail or a notification: lines end with a line feed, and tabs are the only
 * other control characters. Characters that were read as ISO 8859-1 but are Windows-1252 (U+0092 for an apostrophe) are
 * repaired.
 */
public final class MailText {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final Pattern LINE_END = Pattern.compile("\\r\\n?");
    private static final Pattern UNFIT = Pattern.compile("[\\p{IsCc}\\p{Cs}&&[^\\t\\n]]");
    private static final int C1_BEGINS = 0x80;
    private static final int C1_ENDS = 0x9f;

    private MailText() {}

    /** @throws IllegalArgumentException with a message that may be shown */
    public static String read(String given) {
        String text = repaired(given);
        if (UNFIT.matcher(text).find()) {
            throw new IllegalArgumentException("must not contain control characters");
        }
        return text;
    }

    /** Repairs the text as far as possible; the caller must check the rest. */
    public static String repaired(String given) {
        String text = LINE_END.matcher(given).replaceAll("\n");
        if (text.chars().noneMatch(MailText::isC1)) {
            return text;
        }
        var repaired = new StringBuilder(text.length());
        text.chars().forEach(it -> repaired.append(isC1(it) ? ofWindows(it) : (char) it));
        return repaired.toString();
    }

    public static @Nullable String repairedOrNull(@Nullable String given) {
        return given == null ? null : repaired(given);
    }

    /** Repairs a text that can't be refused any more: characters that are not allowed are removed. */
    public static String sendable(String given) {
        return UNFIT.matcher(repaired(given)).replaceAll("");
    }

    private static boolean isC1(int unit) {
        return unit >= C1_BEGINS && unit <= C1_ENDS;
    }

    /** Five of these characters are undefined in Windows-1252, too, and stay as they are. */
    private static char ofWindows(int unit) {
        try {
            return WINDOWS_1252
                    .newDecoder()
                    .decode(ByteBuffer.wrap(new byte[] {(byte) unit}))
                    .charAt(0);
        } catch (CharacterCodingException undefined) {
            return (char) unit;
        }
    }
}
