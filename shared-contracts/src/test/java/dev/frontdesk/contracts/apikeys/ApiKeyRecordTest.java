package dev.frontdesk.contracts.apikeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.tenants.Quotas;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApiKeyRecordTest {

    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(1);
    private static final ApiKeyText CURRENT = ApiKeyText.generate(UUID.randomUUID());
    private static final ApiKeyText PREVIOUS = ApiKeyText.generate(CURRENT.id());

    @Test
    void acceptsTheCurrentSecretUntilTheKeyExpires() {
        assertThat(of(null, false, null).accepts(CURRENT, NOW)).isTrue();
        assertThat(of(LATER, false, null).accepts(CURRENT, NOW)).isTrue();
        assertThat(of(NOW, false, null).accepts(CURRENT, NOW)).isFalse();
        assertThat(of(null, true, null).accepts(CURRENT, NOW)).isFalse();
    }

    @Test
    void acceptsThePreviousSecretUntilTheOverlapEnds() {
        assertThat(of(null, false, null).accepts(PREVIOUS, NOW)).isFalse();
        assertThat(of(null, false, LATER).accepts(PREVIOUS, NOW)).isTrue();
        assertThat(of(null, false, LATER).accepts(CURRENT, NOW)).isTrue();
        assertThat(of(null, false, NOW).accepts(PREVIOUS, NOW)).isFalse();
        assertThat(of(NOW, false, LATER).accepts(PREVIOUS, NOW)).isFalse();
    }

    @Test
    void refusesAnotherSecretAndAnotherId() {
        var record = of(null, false, LATER);
        assertThat(record.accepts(ApiKeyText.generate(CURRENT.id()), NOW)).isFalse();
        assertThat(record.accepts(new ApiKeyText(UUID.randomUUID(), CURRENT.secret()), NOW))
                .isFalse();
    }

    @Test
    void endsWhenTheShownSecretOrTheKeyDoes() {
        assertThat(of(null, false, LATER).endOf(CURRENT)).isNull();
        assertThat(of(LATER, false, NOW).endOf(CURRENT)).isEqualTo(LATER);
        assertThat(of(null, false, LATER).endOf(PREVIOUS)).isEqualTo(LATER);
        assertThat(of(LATER, false, NOW).endOf(PREVIOUS)).isEqualTo(NOW);
        assertThat(of(NOW, false, LATER).endOf(PREVIOUS)).isEqualTo(NOW);
    }

    private static ApiKeyRecord of(@Nullable Instant expiresAt, boolean revoked, @Nullable Instant previousUntil) {
        return new ApiKeyRecord(
                CURRENT.id(),
                "acme",
                "shop",
                List.of("cache:write"),
                Quotas.NONE,
                expiresAt,
                1,
                revoked,
                CURRENT.secretHash(),
                previousUntil == null ? null : PREVIOUS.secretHash(),
                previousUntil);
    }
}
