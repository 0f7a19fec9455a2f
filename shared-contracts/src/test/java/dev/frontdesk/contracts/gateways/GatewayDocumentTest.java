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
}
