package dev.frontdesk.registration.signup;

import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.registration.passwords.Password;
import dev.frontdesk.registration.passwords.PasswordPolicy;
import dev.frontdesk.registration.profiles.Language;
import dev.frontdesk.registration.profiles.PersonName;
import dev.frontdesk.registration.profiles.PhoneNumberParser;
import dev.frontdesk.registration.profiles.Profile;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Body of {@code POST /api/v1/users/register}, not validated yet. */
record SignUpRequest(
        @Nullable String email,
        @Nullable String password,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String phone,
        @Nullable String locale) {

    /** @throws dev.frontdesk.kit.web.ProblemException naming every invalid field */
    SignUp checked(PasswordPolicy policy, PhoneNumberParser phones) {
        var fields = new FieldReader();
        var address = fields.required("email", email, EmailAddress::new);
        var chosen = fields.required("password", password, Password::new);
        var first = fields.required("first_name", firstName, PersonName::new);
        var last = fields.required("last_name", lastName, PersonName::new);
        var number = fields.optional("phone", phone, phones::parse);
        var language = fields.optional("locale", locale, Language::new);
        chosen.flatMap(it -> policy.objection(it, address.orElse(null), names(first, last)))
                .ifPresent(objection -> fields.refuse("password", objection));
        fields.check();
        return new SignUp(
                address.orElseThrow(),
                chosen.orElseThrow(),
                new Profile(
                        first.orElseThrow(),
                        last.orElseThrow(),
                        number.orElse(null),
                        language.orElse(Language.ENGLISH)));
    }

    private static PersonName[] names(Optional<PersonName> first, Optional<PersonName> last) {
        return Stream.of(first, last).flatMap(Optional::stream).toArray(PersonName[]::new);
    }

    @Override
    public String toString() {
        return "SignUpRequest[***]";
    }
}
