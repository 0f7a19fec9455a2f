package dev.frontdesk.registration.fuzzing;

import dev.frontdesk.registration.profiles.PersonName;
import java.util.Set;

/** For Jazzer and {@link FuzzTargetsTest}. */
public final class PersonNameFuzz {

    private static final Set<String> REFUSALS =
            Set.of("must not contain control characters", "must have 1 to 100 characters");

    private PersonNameFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        // Two joiners are how names are spelt; they may stand between what can be seen.
        Input.reads(
                Input.text(data),
                PersonName::new,
                PersonName::value,
                REFUSALS,
                name -> name.replaceAll("(?<=[^\\p{Z}\\u200C\\u200D])[\\u200C\\u200D](?=[^\\p{Z}\\u200C\\u200D])", ""));
    }
}
