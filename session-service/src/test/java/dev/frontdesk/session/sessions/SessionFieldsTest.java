package dev.frontdesk.session.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.frontdesk.contracts.identity.TenantId;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionFieldsTest {

    @Test
    void whatIsWrittenIsReadBack() {
        var session = session(Set.of("editor", "billing:read"));

        assertThat(SessionFields.write(session)).hasSameSizeAs(SessionFields.NAMES);
        assertThat(SessionFields.read(SessionFields.write(session))).isEqualTo(session);
    }

    @Test
    void noRolesStayNoRoles() {
        assertThat(SessionFields.read(SessionFields.write(session(Set.of()))).roles())
                .isEmpty();
    }

    @Test
    void noAddressStaysNoAddress() {
        assertThat(SessionFields.read(SessionFields.write(session(Set.of(), null)))
                        .device()
                        .clientAddress())
                .isNull();
    }

    @Test
    void aRoleCannotBecomeTwo() {
        assertThatIllegalArgumentException().isThrownBy(() -> session(Set.of("editor admin")));
        assertThatIllegalArgumentException().isThrownBy(() -> session(Set.of("")));
    }

    private static Session session(Set<String> roles) {
        return session(roles, "203.0.113.7");
    }

    private static Session session(Set<String> roles, @Nullable String address) {
        var login = Instant.parse("2026-11-21T10:00:00.123Z");
        return new Session(
                UUID.randomUUID(),
                new TenantId("acme"),
                UUID.randomUUID(),
                roles,
                "tr",
                7,
                new Device(UUID.randomUUID(), "", UserAgent.of("curl/8"), address),
                login,
                login.plusSeconds(60),
                login.plusSeconds(120),
                login.plusSeconds(180));
    }
}
