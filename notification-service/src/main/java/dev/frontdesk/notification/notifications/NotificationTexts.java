package dev.frontdesk.notification.notifications;

import dev.frontdesk.notification.templates.Language;
import dev.frontdesk.notification.templates.LocalizedTemplate;
import dev.frontdesk.notification.templates.Templates;
import dev.frontdesk.notification.templates.TitledText;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** The text of each kind of notification. */
@Component
class NotificationTexts {

    private final Map<NotificationKind, LocalizedTemplate> templates = new EnumMap<>(NotificationKind.class);

    NotificationTexts() {
        for (NotificationKind kind : NotificationKind.values()) {
            templates.put(kind, Templates.text(kind.template()));
        }
    }

    /** @param locale BCP 47 */
    TitledText text(NotificationKind kind, String locale, Map<String, ?> model) {
        return TitledText.of(Objects.requireNonNull(templates.get(kind)).render(Language.of(locale), model));
    }
}
