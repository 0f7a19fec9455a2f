package dev.frontdesk.registration.fuzzing;

import dev.frontdesk.kit.values.EmailAddress;
import java.util.Set;

/** For Jazzer and {@link FuzzTargetsTest}. */
public final class EmailAddressFuzz {

    private static final Set<String> REFUSALS =
            Set.of("must be an e-mail address", "must have only ASCII before the @", "must have I or i instead of İ");

    private EmailAddressFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Input.reads(Input.text(data), EmailAddress::new, EmailAddress::value, REFUSALS, it -> it);
        try {
            var address = new EmailAddress(Input.text(data));
            Input.hold(address.value().chars().allMatch(it -> it > 0x20 && it < 0x7F), "is ASCII");
            Input.hold(address.value().indexOf('@') == address.value().lastIndexOf('@'), "has one @");
            Input.hold(address.localPart().length() <= 64 && address.value().length() <= 254, "is not too long");
            // A literal asterisk may look like a masking one.
            Input.hold(
                    address.value().contains("*") || !address.toString().contains(address.value()),
                    "is not shown whole");
            Input.hold(address.hash().matches("[0-9a-f]{64}"), "has a hash");
        } catch (IllegalArgumentException refused) {
            // Checked above.
        }
    }
}
