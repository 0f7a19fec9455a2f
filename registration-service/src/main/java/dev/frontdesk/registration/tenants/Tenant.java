package dev.frontdesk.registration.tenants;

import static dev.frontdesk.kit.postgres.Rows.required;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.frontdesk.contracts.events.TenantEvent;
import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.contracts.tenants.TenantRecord;
import dev.frontdesk.kit.web.StorableJson;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as it is stored, and as the operator sees it.
 *
 * @param settings the application's own, a JSON object
 * @param version counts the changes, from 1
 * @param suspendedAt null unless it is suspended
 */
record Tenant(
        String id,
        String name,
        String plan,
        String status,
        Quotas quotas,
        List<String> allowedOrigins,
        StorableJson settings,
        @JsonIgnore long version,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant suspendedAt) {

    /** What lists can be limited to. Deleted tenants are not shown. */
    enum Status {
        ACTIVE,
        SUSPENDED;

        /** @throws IllegalArgumentException with a message that may be shown */
        static Status read(String text) {
            return switch (text) {
                case "active" -> ACTIVE;
                case "suspended" -> SUSPENDED;
                default -> throw new IllegalArgumentException("must be active or suspended");
            };
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Tenant read(Readable row) {
        return new Tenant(
                required(row, "id", String.class),
                required(row, "name", String.class),
                required(row, "plan", String.class),
                required(row, "status", String.class),
                new Quotas(
                        row.get("per_minute", Long.class),
                        row.get("per_hour", Long.class),
                        row.get("per_day", Long.class)),
                List.of(required(row, "allowed_origins", String[].class)),
                new StorableJson(required(row, "settings", String.class)),
                required(row, "version", Long.class),
                required(row, "created_at", Instant.class),
                required(row, "updated_at", Instant.class),
                row.get("suspended_at", Instant.class));
    }

    TenantRecord toRecord() {
        return new TenantRecord(id, version, status, plan, quotas, allowedOrigins);
    }

    TenantEvent.Details details() {
        return new TenantEvent.Details(status, name, plan, quotas, allowedOrigins);
    }
}
