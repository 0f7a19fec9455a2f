package dev.frontdesk.registration.fuzzing;

import dev.frontdesk.registration.profiles.Language;
import java.util.Set;

/** For Jazzer and {@link FuzzTargetsTest}. */
public final class LanguageFuzz {

    private static final Set<String> REFUSALS = Set.of("must be a language tag, for example en or tr-TR");

    private LanguageFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Input.reads(Input.text(data), Language::new, Language::tag, REFUSALS, it -> it);
        try {
            String tag = new Language(Input.text(data)).tag();
            Input.hold(tag.matches("(en|tr)(-[A-Za-z0-9-]+)?"), "is spoken");
        } catch (IllegalArgumentException refused) {
            // Checked above.
        }
    }
}
