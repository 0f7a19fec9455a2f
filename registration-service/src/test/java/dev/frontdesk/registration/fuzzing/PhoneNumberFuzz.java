package dev.frontdesk.registration.fuzzing;

import dev.frontdesk.registration.profiles.PhoneNumber;
import dev.frontdesk.registration.profiles.PhoneNumberParser;
import dev.frontdesk.registration.profiles.PhoneProperties;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** In regions whose national prefixes differ. For Jazzer and {@link FuzzTargetsTest}. */
public final class PhoneNumberFuzz {

    private static final Set<String> REFUSALS =
            Set.of("must be a telephone number without an extension, for example +905551234567");

    private static final List<PhoneNumberParser> PARSERS = Stream.of("TR", "US", "IT", "AR", "BR", "FI")
            .map(region -> new PhoneNumberParser(new PhoneProperties(region)))
            .toList();

    private PhoneNumberFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String text = Input.text(data);
        for (PhoneNumberParser parser : PARSERS) {
            Input.reads(text, parser::parse, PhoneNumberFuzz::stored, REFUSALS, it -> it);
        }
    }

    /** A parsed value can be stored and parsed again. */
    private static String stored(PhoneNumber number) {
        Input.hold(number.equals(new PhoneNumber(number.value())), "is E.164");
        return number.value();
    }
}
