package dev.frontdesk.notification.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.events.EventType;
import dev.frontdesk.kit.events.EventCodec;
import dev.frontdesk.kit.events.ReceivedEvent;
import dev.frontdesk.kit.web.KindName;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

class PublicEventsTest {

    /** Requests that are not carried out yet, events for the owner only, and requests of applications. */
    private static final Set<EventType> NOT_TOLD = EnumSet.of(
            EventType.VERIFICATION_REQUESTED,
            EventType.ADDRESS_ALREADY_REGISTERED,
            EventType.PASSWORD_RESET_REQUESTED,
            EventType.ADDRESS_CHANGE_REQUESTED,
            EventType.TENANT_CREATED,
            EventType.TENANT_CHANGED,
            EventType.TENANT_SUSPENDED,
            EventType.TENANT_RESUMED,
            EventType.TENANT_DELETED,
            EventType.API_KEY_CREATED,
            EventType.API_KEY_CHANGED,
            EventType.API_KEY_ROTATED,
            EventType.API_KEY_REVOKED,
            EventType.GATEWAY_DOCUMENT_CHANGED,
            EventType.NOTIFICATION_REQUESTED,
            EventType.EMAIL_REQUESTED,
            EventType.JOB_REQUESTED);

    private final PublicEvents facts = new PublicEvents(new JsonMapper());

    @ParameterizedTest
    @EnumSource(EventType.class)
    void areToldUnderTheNameOfTheirEvent(EventType type) throws IOException {
        var told = facts.of(
                new ReceivedEvent(UUID.randomUUID(), Instant.EPOCH, new EventCodec().read(type, example(type))));

        assertThat(told.isEmpty()).isEqualTo(NOT_TOLD.contains(type));
        told.ifPresent(event -> {
            assertThat(type.ceType()).isEqualTo("dev.frontdesk." + event.type() + ".v1");
            assertThat(KindName.isReserved(event.type())).isTrue();
        });
    }

    private static byte[] example(EventType type) throws IOException {
        try (var json = EventType.class.getResourceAsStream("/events/" + type.ceType() + ".json")) {
            return Objects.requireNonNull(json).readAllBytes();
        }
    }
}
