package dev.frontdesk.registration.fuzzing;

import dev.frontdesk.contracts.apikeys.ApiKeyText;
import dev.frontdesk.kit.apikeys.ApiKeySignal;

/** For Jazzer and {@link FuzzTargetsTest}: a text is refused, or is exactly what is written for the value that is read. */
public final class ApiKeyFuzz {

    private ApiKeyFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String text = Input.text(data);
        ApiKeyText.parse(text).ifPresent(key -> requireSame(text, key.text()));
        ApiKeySignal.parse(text).ifPresent(signal -> requireSame(text, signal.message()));
    }

    private static void requireSame(String text, String written) {
        if (!text.equals(written)) {
            throw new AssertionError("Read and written differently");
        }
    }
}
