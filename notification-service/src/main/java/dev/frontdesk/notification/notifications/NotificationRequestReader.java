package dev.frontdesk.notification.notifications;

import dev.frontdesk.kit.values.LanguageTag;
import dev.frontdesk.kit.values.PlainText;
import dev.frontdesk.kit.values.TypedText;
import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.KindName;
import dev.frontdesk.notification.templates.MailText;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads an application's notification, from an HTTP request or an event. Errors are added to the fields. */
public final class NotificationRequestReader {

    private static final int MOST_DATA = 20;
    private static final PlainText VALUE = PlainText.lines(1000);
    private static final TypedText TITLE = TypedText.line(200).directed();
    private static final TypedText BODY = TypedText.lines(2000).directed();
    private static final TypedText BADGE_NAME = TypedText.line(100).directed();
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,39}");

    private final FieldReader fields;

    public NotificationRequestReader(FieldReader fields) {
        this.fields = fields;
    }

    /** Reads the valid parts; {@link FieldReader#check} fails if there were errors. */
    public NotificationJob read(
            @Nullable UUID accountId,
            @Nullable String kind,
            Map<String, @Nullable String> data,
            @Nullable String title,
            @Nullable String body,
            @Nullable String locale,
            boolean mail) {
        String readKind =
                fields.required("kind", kind, KindName::readOfApplication).orElse("");
        data.forEach(this::checkEntry);
        if (data.size() > MOST_DATA) {
            fields.refuse("data", "must have at most " + MOST_DATA + " entries");
        }
        var readTitle = fields.optional("title", MailText.repairedOrNull(title), TITLE::read);
        var readBody = fields.optional("body", MailText.repairedOrNull(body), BODY::read);
        var readLocale = fields.optional("locale", locale, LanguageTag::read);
        if (title == null) {
            checkWords(readKind, data, body);
        }
        return new NotificationJob(
                accountId == null ? new UUID(0, 0) : accountId,
                readKind,
                data.entrySet().stream()
                        .filter(it -> it.getValue() != null)
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, it -> MailText.repaired(String.valueOf(it.getValue())))),
                readTitle.orElse(null),
                readBody.orElse(null),
                readLocale.orElse(null),
                mail);
    }

    private void checkEntry(String name, @Nullable String value) {
        if (!NAME.matcher(name).matches()) {
            fields.refuse("data", "must have names of 1 to 40 letters, digits and underscores, starting with a letter");
            return;
        }
        fields.required("data." + name, MailText.repairedOrNull(value), VALUE::read);
    }

    private void checkWords(String kind, Map<String, @Nullable String> data, @Nullable String body) {
        if (!Notifier.isBadge(kind)) {
            fields.refuse("title", "is required for a kind without a template");
            return;
        }
        fields.required("data.name", MailText.repairedOrNull(data.get("name")), BADGE_NAME::read);
        if (body != null) {
            fields.refuse("body", "needs a title");
        }
    }
}
