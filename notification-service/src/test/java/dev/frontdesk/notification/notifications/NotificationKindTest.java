package dev.frontdesk.notification.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.events.EventType;
import dev.frontdesk.kit.web.KindName;
import java.util.Arrays;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NotificationKindTest {

    @Test
    void aNotificationThatTellsOfAnEventHasTheEventsName() {
        var facts = Arrays.stream(EventType.values()).map(EventType::fact).toList();

        // Badges come from applications.
        for (var kind : EnumSet.complementOf(EnumSet.of(NotificationKind.NEW_BADGE))) {
            assertThat(facts).contains(kind.key());
            assertThat(KindName.isReserved(kind.key())).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(NotificationKind.class)
    void isWrittenAsEveryKind(NotificationKind kind) {
        assertThat(KindName.isValid(kind.key())).isTrue();
    }
}
