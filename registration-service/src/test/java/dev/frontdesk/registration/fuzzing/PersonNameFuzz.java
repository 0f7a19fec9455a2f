package dev.frontdesk.registration.fuzzing;

import dev.frontdesk.registration.profiles.PersonName;
import java.util.Set;

/** For Jazzer and {@link FuzzTargetsTest}. */
public final class PersonNameFuzz {

    private static final Set<String> REFUSALS =
            Set.of("must be one line of visible characters", "must have 1 to 100 characters");

    /** Joiners between two signs and after a virama, a filler before the vowel of a syllable, the tags of a flag. */
    private static final String WITHIN_WHAT_IS_SEEN =
            "(?<=[^\\p{Z}\\u200C\\u200D])[\\u200C\\u200D\\u180E](?=[^\\p{Z}\\u200C\\u200D])"
                    + "|(?<=[\\u094D\\u09CD\\u0A4D\\u0ACD\\u0B4D\\u0BCD\\u0C4D\\u0CCD\\u0D4D\\u0DCA])[\\u200C\\u200D]"
                    + "|[\\u034F\\u115F\\u1160](?=[^\\p{Z}])"
                    + "|(?<=\\x{1F3F4})[\\x{E0020}-\\x{E007E}]{1,6}\\x{E007F}";

    /** Format characters that are signs around digits, and reserved pictographs. */
    private static final String SEEN =
            "[\\u0600-\\u0605\\u06DD\\u070F\\u0890\\u0891\\u08E2\\x{110BD}\\x{110CD}]|\\p{IsExtended_Pictographic}";

    private PersonNameFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Input.reads(
                Input.text(data),
                PersonName::new,
                PersonName::value,
                REFUSALS,
                name -> name.replaceAll(WITHIN_WHAT_IS_SEEN, "").replaceAll(SEEN, ""));
    }
}
