package dev.frontdesk.notification.mail;

import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.kit.values.LanguageTag;
import dev.frontdesk.kit.values.TypedText;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.KindName;
import dev.frontdesk.kit.web.StorableJson;
import dev.frontdesk.notification.emailtemplates.MailData;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the fields that all requests for a mail have, over HTTP or in an event. It does not check whether the mail can
 * be rendered.
 */
@Component
public class MailFields {

    private static final TypedText NAME = TypedText.line(100);

    private final JsonMapper json;

    MailFields(JsonMapper json) {
        this.json = json;
    }

    public static Optional<EmailAddress> address(FieldReader fields, @Nullable UUID accountId, @Nullable String email) {
        if ((accountId == null) == (email == null)) {
            fields.refuse("account_id", "is required without email, and must be absent with it");
        }
        return fields.optional("email", email, EmailAddress::new);
    }

    /** A kind of the application's own. Only the service itself sends mails of its kinds. */
    public static Optional<String> kind(FieldReader fields, @Nullable String kind) {
        return fields.required("kind", kind, KindName::readOfApplication);
    }

    public static @Nullable String locale(FieldReader fields, @Nullable String locale) {
        return fields.optional("locale", locale, LanguageTag::read).orElse(null);
    }

    public static @Nullable String name(FieldReader fields, @Nullable String firstName) {
        return fields.optional("first_name", firstName, NAME::read).orElse(null);
    }

    public Map<String, Object> data(FieldReader fields, @Nullable StorableJson data) {
        try {
            return MailData.read(json, data);
        } catch (IllegalArgumentException unfit) {
            fields.refuse("data", String.valueOf(unfit.getMessage()));
            return Map.of();
        }
    }

    /**
     * Reads the data of an event. Data that PostgreSQL can't store is refused here, since it would fail all jobs of the
     * same insert.
     */
    public Map<String, Object> data(FieldReader fields, Map<String, Object> data) {
        try {
            return data(fields, json.readValue(json.writeValueAsString(data), StorableJson.class));
        } catch (JacksonException notStorable) {
            fields.refuse("data", "must be JSON that PostgreSQL can store");
            return Map.of();
        }
    }
}
