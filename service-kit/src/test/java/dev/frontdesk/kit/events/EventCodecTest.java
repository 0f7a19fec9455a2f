package dev.frontdesk.kit.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.contracts.events.Event;
import dev.frontdesk.contracts.events.EventType;
import dev.frontdesk.contracts.events.SessionEvent;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EventCodecTest {

    private static final UUID ID = UUID.fromString("0193a1b2-0000-7000-8000-0000000000ff");
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final Set<Class<?>> WHOLE = Set.of(int.class, Integer.class, long.class, Long.class);

    private final EventCodec codec = new EventCodec();

    @ParameterizedTest
    @EnumSource(EventType.class)
    void readsAndWritesTheGoldenFile(EventType type) throws IOException {
        byte[] golden = golden(type);

        Event event = codec.read(type, golden);
        StoredEvent stored = codec.store(ID, event, NOW, null);

        assertThat(event).isInstanceOf(type.eventClass());
        assertThat(JSON.readTree(stored.data())).isEqualTo(JSON.readTree(golden));
        assertThat(stored.type()).isEqualTo(type.ceType());
        assertThat(stored.topic()).isEqualTo(type.topic());
        assertThat(stored.tenant())
                .isEqualTo(JSON.readTree(golden).get("tenant").asString());
        assertThat(stored.key()).isEqualTo(event.aggregateId());
    }

    @Test
    void everyEventHasAType() {
        Set<Class<?>> events = leaves(Event.class).collect(Collectors.toSet());

        assertThat(Stream.of(EventType.values()).map(EventType::eventClass))
                .containsExactlyInAnyOrderElementsOf(castAll(events));
    }

    @Test
    void anOutboxGivesBackWhatItGot() throws IOException {
        var event = codec.read(EventType.SESSION_REVOKED, golden(EventType.SESSION_REVOKED));
        var traced = codec.store(ID, event, NOW, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        var untraced = codec.store(ID, event, NOW, null);

        assertThat(codec.readStored(codec.write(traced))).isEqualTo(traced);
        assertThat(codec.readStored(codec.write(untraced))).isEqualTo(untraced);
    }

    @Test
    void ignoresAFieldOfANewerProducer() {
        var newer = """
            {"tenant":"acme","account_id":"%1$s","session_id":"%1$s","revoked_at":"2026-11-21T10:02:00Z","reason":"x"}
            """.formatted(ID);

        assertThat(codec.read(EventType.SESSION_REVOKED, newer.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(SessionEvent.SessionRevoked.class);
    }

    @Test
    void refusesAnEventThatLacksAField() {
        var partial = "{\"tenant\":\"acme\"}".getBytes(StandardCharsets.UTF_8);

        var empty = """
            {"tenant":null,"account_id":"%1$s","session_id":"%1$s","revoked_at":"2026-11-21T10:02:00Z"}
            """.formatted(ID).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> codec.read(EventType.SESSION_REVOKED, partial)).isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> codec.read(EventType.SESSION_REVOKED, empty)).isInstanceOf(JacksonException.class);
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void refusesAnEventWithoutAnyOneFieldThatIsNotNullable(EventType type) throws IOException {
        var golden = (ObjectNode) JSON.readTree(golden(type));
        for (RecordComponent field : type.eventClass().getRecordComponents()) {
            String name = field.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
            var missing = golden.deepCopy().without(name);
            var empty = golden.deepCopy().putNull(name);
            if (field.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                assertThat(codec.read(type, JSON.writeValueAsBytes(missing))).isInstanceOf(type.eventClass());
                assertThat(codec.read(type, JSON.writeValueAsBytes(empty))).isInstanceOf(type.eventClass());
            } else {
                assertThatThrownBy(() -> codec.read(type, JSON.writeValueAsBytes(missing)))
                        .as(name)
                        .isInstanceOf(JacksonException.class);
                assertThatThrownBy(() -> codec.read(type, JSON.writeValueAsBytes(empty)))
                        .as(name)
                        .isInstanceOf(JacksonException.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void cutsNothingOffANumber(EventType type) throws IOException {
        var golden = (ObjectNode) JSON.readTree(golden(type));
        for (RecordComponent field : type.eventClass().getRecordComponents()) {
            if (!WHOLE.contains(field.getType())) {
                continue;
            }
            String name = field.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
            for (String wrong : List.of("2.7", "-0.9", "\"2\"", "true", "1e400")) {
                var event = JSON.writeValueAsString(golden.deepCopy().put(name, "here"))
                        .replace("\"here\"", wrong)
                        .getBytes(StandardCharsets.UTF_8);
                assertThatThrownBy(() -> codec.read(type, event))
                        .as("%s %s", name, wrong)
                        .isInstanceOf(JacksonException.class);
            }
        }
    }

    private static byte[] golden(EventType type) throws IOException {
        return new ClassPathResource("events/" + type.ceType() + ".json").getContentAsByteArray();
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(EventCodecTest::leaves)
                : Stream.of(type);
    }

    @SuppressWarnings("unchecked")
    private static Iterable<Class<? extends Event>> castAll(Set<Class<?>> events) {
        return (Iterable<Class<? extends Event>>) (Iterable<?>) events;
    }
}
