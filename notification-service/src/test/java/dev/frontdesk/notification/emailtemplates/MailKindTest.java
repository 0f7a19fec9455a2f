package dev.frontdesk.notification.emailtemplates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.events.EventType;
import dev.frontdesk.kit.web.KindName;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MailKindTest {

    /** Mails without their own event: a variant of one, and kinds of applications. */
    private static final Set<MailKind> NOT_OF_AN_EVENT =
            EnumSet.of(MailKind.VERIFICATION_REPEATED, MailKind.NEW_BADGE, MailKind.MESSAGE);

    @Test
    void aMailThatTellsOfAnEventHasTheEventsName() {
        var facts = Arrays.stream(EventType.values()).map(EventType::fact).toList();

        for (MailKind kind : EnumSet.complementOf(EnumSet.copyOf(NOT_OF_AN_EVENT))) {
            assertThat(facts).as(kind.name()).contains(kind.key());
        }
        for (MailKind kind : NOT_OF_AN_EVENT) {
            assertThat(facts).as(kind.name()).doesNotContain(kind.key());
        }
    }

    @ParameterizedTest
    @EnumSource(MailKind.class)
    void isWrittenAsEveryKind(MailKind kind) {
        assertThat(KindName.isValid(kind.key())).isTrue();
        assertThat(KindName.isReserved(kind.key())).isEqualTo(!kind.isForApplications());
    }
}
