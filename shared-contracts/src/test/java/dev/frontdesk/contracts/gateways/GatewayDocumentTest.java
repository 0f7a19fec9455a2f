package dev.frontdesk.contracts.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class GatewayDocumentTest {

    @Test
    void doesNotShowItsContent() {
        assertThat(new GatewayDocument(GatewayDocument.SIGNING_KEYS, 7, "{\"key\":\"secret\"}", Instant.EPOCH))
                .hasToString("GatewayDocument[signing-keys, version 7]");
        assertThat(new GatewayDocumentChange(7, "{\"key\":\"secret\"}"))
                .hasToString("GatewayDocumentChange[based on version 7]");
    }

    @Test
    void ordersVersionsByTheirTimes() {
        var beforeTheRestore = version(40, Instant.EPOCH.plusSeconds(40));
        var restored = version(35, Instant.EPOCH.plusSeconds(35));
        var afterTheRestore = version(36, Instant.EPOCH.plusSeconds(50));
        var none = GatewayDocumentVersion.of(GatewayDocument.none(GatewayDocument.ROUTES));

        assertThat(beforeTheRestore.isAfter(restored)).isTrue();
        assertThat(afterTheRestore.isAfter(beforeTheRestore)).isTrue();
        assertThat(beforeTheRestore.isAfter(afterTheRestore)).isFalse();
        assertThat(restored.isAfter(none)).isTrue();
        assertThat(none.isAfter(restored)).isFalse();
        assertThat(restored.isAfter(restored)).isFalse();
        assertThat(version(36, Instant.EPOCH.plusSeconds(35)).isAfter(restored)).isTrue();
    }

    private static GatewayDocumentVersion version(long version, Instant changedAt) {
        return new GatewayDocumentVersion(GatewayDocument.ROUTES, version, changedAt);
    }
}
