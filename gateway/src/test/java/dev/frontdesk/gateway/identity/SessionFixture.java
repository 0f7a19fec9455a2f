package dev.frontdesk.gateway.identity;

import static java.util.UUID.randomUUID;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import java.time.Instant;
import java.util.Set;

/** Sessions for tests. */
final class SessionFixture {

    static final Instant OPENED = Instant.parse("2026-12-24T08:00:00Z");

    static final String TOKEN = "fds_17_Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE";

    private SessionFixture() {}

    static OpenSession in(String tenant) {
        return new OpenSession(account(tenant), OPENED, Instant.parse("2026-12-24T18:00:00Z"), 3);
    }

    static OpenSession endingAt(Instant endsAt) {
        return new OpenSession(account("default"), OPENED, endsAt, 3);
    }

    private static Caller.Account account(String tenant) {
        return new Caller.Account(new TenantId(tenant), randomUUID(), randomUUID(), Set.of());
    }
}
