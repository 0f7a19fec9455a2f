package dev.frontdesk.registration.fuzzing;

import dev.frontdesk.registration.codes.VerificationCode;
import java.util.Set;

/** For Jazzer and {@link FuzzTargetsTest}. */
public final class VerificationCodeFuzz {

    private static final Set<String> REFUSALS = Set.of("must be six digits");

    private VerificationCodeFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Input.reads(Input.text(data), VerificationCode::new, VerificationCode::digits, REFUSALS, it -> it);
    }
}
