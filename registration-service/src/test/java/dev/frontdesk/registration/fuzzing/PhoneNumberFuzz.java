package dev.frontdesk.registration.fuzzing;

import dev.frontdesk.registration.profiles.PhoneNumber;
import java.util.Set;

/** For Jazzer and {@link FuzzTargetsTest}. */
public final class PhoneNumberFuzz {

    private static final Set<String> REFUSALS = Set.of("must be an international number, for example +905551234567");

    private PhoneNumberFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Input.reads(Input.text(data), PhoneNumber::new, PhoneNumber::value, REFUSALS, it -> it);
    }
}
