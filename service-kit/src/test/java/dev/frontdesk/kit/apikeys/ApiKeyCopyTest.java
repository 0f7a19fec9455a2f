package dev.frontdesk.kit.apikeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.apikeys.ApiKeyRecord;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.kit.redis.KeySpace;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyCopyTest {

    private static final UUID ID = UUID.fromString("7c1d7a9e-6a0f-4d0a-9d0e-3b0a3c1f2e4d");
    private static final KeySpace KEYS = new KeySpace("test");

    private final ApiKeyRecord key = new ApiKeyRecord(
            ID,
            "acme",
            "Shop",
            List.of("cache:write"),
            new Quotas(60L, null, null),
            Instant.parse("2026-12-24T18:00:00.123Z"),
            7,
            false,
            "a".repeat(64),
            "b".repeat(64),
            Instant.parse("2026-11-30T10:00:00Z"));

    @Test
    void isReadAsItWasWritten() {
        String copy = ApiKeyCopy.write(key);
        assertThat(ApiKeyCopy.read(ID, copy)).contains(key);
        assertThat(copy).contains("\"version\":7", "\"secret_hash\":\"aaaa", "\"per_minute\":60");
    }

    @Test
    void mayHaveFieldsThatThisVersionDoesNotKnow() {
        String copy = ApiKeyCopy.write(key).replaceFirst("\\{", "{\"colour\":\"green\",");
        assertThat(ApiKeyCopy.read(ID, copy)).contains(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "7", "{}", "{\"id\":\"7c1d7a9e-6a0f-4d0a-9d0e-3b0a3c1f2e4d\"}"})
    void whatIsIncompleteIsNoCopy(String text) {
        assertThat(ApiKeyCopy.read(ID, text)).isEmpty();
    }

    @Test
    void theCopyOfAnotherKeyIsNone() {
        assertThat(ApiKeyCopy.read(UUID.randomUUID(), ApiKeyCopy.write(key))).isEmpty();
    }

    @Test
    void namesAreThoseOfTheDocuments() {
        assertThat(ApiKeyCopy.key(KEYS, ID)).isEqualTo("frontdesk:test:_:api-keys:" + ID);
        assertThat(ApiKeySignal.channel(KEYS)).isEqualTo("frontdesk:test:_:api-key-signals");
    }

    @Test
    void aSignalIsReadAsItWasWritten() {
        var signal = new ApiKeySignal(ID, 12);
        assertThat(signal.message()).isEqualTo(ID + " 12");
        assertThat(ApiKeySignal.parse(signal.message())).contains(signal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7c1d7a9e-6a0f-4d0a-9d0e-3b0a3c1f2e4d",
                "7c1d7a9e-6a0f-4d0a-9d0e-3b0a3c1f2e4d ",
                "7c1d7a9e-6a0f-4d0a-9d0e-3b0a3c1f2e4d x",
                "7c1d7a9e-6a0f-4d0a-9d0e-3b0a3c1f2e4d -1",
                "7c1d7a9e-6a0f-4d0a-9d0e-3b0a3c1f2e4d 01",
                "7c1d7a9e-6a0f-4d0a-9d0e-3b0a3c1f2e4d 9999999999999999999",
                "7c1d7a9e-6a0f-4d0a-9d0e-3b0a3c1f2e4d 1 later",
                "7C1D7A9E-6A0F-4D0A-9D0E-3B0A3C1F2E4D 1"
            })
    void otherMessagesAreNoSignals(String message) {
        assertThat(ApiKeySignal.parse(message)).isEmpty();
    }
}
