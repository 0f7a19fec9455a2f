package dev.frontdesk.contracts.gateways;

import java.time.Instant;
import java.util.List;

/**
 * Response of {@code GET /internal/gateway-documents/{name}/versions}: the versions that are still stored, the latest first.
 */
public record GatewayDocumentVersions(List<Version> versions) {

    public record Version(long version, Instant changedAt) {}
}
