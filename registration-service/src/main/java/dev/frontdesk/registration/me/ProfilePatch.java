package dev.frontdesk.registration.me;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.values.Graphemes;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.registration.accounts.ProfileChange;
import dev.frontdesk.registration.profiles.Language;
import dev.frontdesk.registration.profiles.PersonName;
import dev.frontdesk.registration.profiles.PhoneNumber;
import dev.frontdesk.registration.profiles.PhoneNumberParser;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Reads a JSON merge patch (RFC 7396) of a profile: absent fields stay unchanged, null removes a field where that is
 * allowed.
 */
final class ProfilePatch {

    private static final String FIRST_NAME = "first_name";
    private static final String LAST_NAME = "last_name";
    private static final String PHONE = "phone";
    private static final String LOCALE = "locale";
    private static final Set<String> FIELDS = Set.of(FIRST_NAME, LAST_NAME, PHONE, LOCALE);

    /** Limits the error response: a client does not need the names of ten thousand unknown fields. */
    private static final int MOST_NAMED = 20;

    private static final int LONGEST_NAME = 64;

    private final JsonNode patch;
    private final PhoneNumberParser phones;
    private final FieldReader fields = new FieldReader();

    private ProfilePatch(JsonNode patch, PhoneNumberParser phones) {
        this.patch = patch;
        this.phones = phones;
    }

    /** @throws ProblemException naming every invalid field, and fields that this request does not have */
    static ProfileChange read(JsonNode patch, PhoneNumberParser phones) {
        // By RFC 7396, any other value would replace the whole account.
        if (!patch.isObject()) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The body must be a JSON object.");
        }
        return new ProfilePatch(patch, phones).change();
    }

    private ProfileChange change() {
        patch.propertyNames().stream()
                .filter(name -> !FIELDS.contains(name))
                .limit(MOST_NAMED)
                .map(name -> Graphemes.cut(name, LONGEST_NAME))
                .forEach(name -> fields.refuse(name, "is not a field of this request"));
        var first = required(FIRST_NAME, PersonName::new);
        var last = required(LAST_NAME, PersonName::new);
        boolean removesPhone = patch.path(PHONE).isNull();
        var phone = removesPhone ? Optional.<PhoneNumber>empty() : text(PHONE, phones::parse);
        var language = required(LOCALE, Language::new);
        fields.check();
        return new ProfileChange(
                first.orElse(null), last.orElse(null), phone.orElse(null), removesPhone, language.orElse(null));
    }

    private <T> Optional<T> required(String field, Function<String, T> read) {
        if (patch.path(field).isNull()) {
            fields.refuse(field, "must not be removed");
            return Optional.empty();
        }
        return text(field, read);
    }

    private <T> Optional<T> text(String field, Function<String, T> read) {
        JsonNode value = patch.path(field);
        if (!value.isMissingNode() && !value.isString()) {
            fields.refuse(field, "has the wrong type or form");
            return Optional.empty();
        }
        return fields.optional(field, value.isString() ? value.asString() : null, read);
    }
}
