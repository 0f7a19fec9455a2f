package dev.frontdesk.registration.fuzzing;

import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.registration.passwords.Password;
import dev.frontdesk.registration.passwords.PasswordPolicy;
import dev.frontdesk.registration.profiles.PersonName;
import java.util.Set;

/** For Jazzer and {@link FuzzTargetsTest}. */
public final class PasswordFuzz {

    private static final PasswordPolicy POLICY = new PasswordPolicy();
    private static final EmailAddress ADA = new EmailAddress("lovelace@example.com");
    private static final PersonName NAME = new PersonName("Ada Byron");
    private static final Set<String> OBJECTIONS = Set.of(
            "must have 8 to 128 characters",
            "must be valid Unicode text",
            "must have visible characters",
            "is a known breached password",
            "must not consist of the address or the name");

    private PasswordFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String text = Input.text(data);
        var password = new Password(text);
        Input.hold(password.equals(new Password(password.value())), "is the same a second time");
        Input.hold(password.toString().equals("***"), "is not shown");
        POLICY.objection(password, ADA, NAME)
                .ifPresentOrElse(
                        objection -> Input.hold(OBJECTIONS.contains(objection), "objects in its own words"), () -> {
                            long length = password.value().codePoints().count();
                            Input.hold(length >= 8 && length <= 128, "has the length");
                            Input.hold(
                                    password.value().codePoints().noneMatch(it -> it >= 0xD800 && it <= 0xDFFF),
                                    "has whole characters");
                        });
    }
}
