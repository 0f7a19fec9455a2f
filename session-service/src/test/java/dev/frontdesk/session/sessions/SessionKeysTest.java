package dev.frontdesk.session.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.KeySpace;
import dev.frontdesk.kit.redis.Partition;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SessionKeysTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final UUID ADA = UUID.fromString("0b5f9a3e-6c1d-4f7a-9c55-0f6f4a1c2d3e");

    private final SessionKeys keys = new SessionKeys(new KeySpace("prod"));

    @Test
    void anAccountAndItsSessionsShareOneSlot() {
        var partition = SessionKeys.partitionOf(ACME, ADA);
        var token = SessionToken.generate(partition);

        assertThat(keys.sessionsOf(ACME, ADA))
                .isEqualTo("frontdesk:prod:acme:sessions-of:" + partition.tag() + ":" + ADA);
        assertThat(keys.session(token)).isEqualTo("frontdesk:prod:_:session:" + partition.tag() + ":" + token.hash());
        assertThat(keys.credentialsOf(ACME, ADA))
                .isEqualTo("frontdesk:prod:acme:credentials-of:" + partition.tag() + ":" + ADA);
        assertThat(keys.session(token)).isEqualTo(keys.sessionPrefix(partition) + token.hash());
    }

    @Test
    void theSameAccountIdInAnotherTenantIsAnotherAccount() {
        assertThat(keys.sessionsOf(new TenantId("globex"), ADA)).isNotEqualTo(keys.sessionsOf(ACME, ADA));
    }

    @Test
    void accountsNeverMove() {
        // Changing the partition would end every open session.
        assertThat(SessionKeys.partitionOf(ACME, ADA)).isEqualTo(new Partition(29));
    }
}
