package dev.frontdesk.gateway.limiter;

import static dev.frontdesk.gateway.limiter.CountersFixture.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.redis.KeySpace;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SubjectKeysTest {

    private final SubjectKeys keys = new SubjectKeys(new KeySpace("test"));

    @Test
    void noSubjectOfAnApplicationHasTheKeyOfAnother() {
        UUID id = UUID.randomUUID();

        assertThat(Stream.of(
                                Subject.custom(ACME, id.toString(), "exports"),
                                Subject.custom(ACME, id.toString(), "imports"),
                                Subject.custom(ACME, id + ".exports", "exports"),
                                Subject.custom(ACME, ACME.value(), "exports"),
                                Subject.custom(new TenantId("other"), id.toString(), "exports"),
                                Subject.account(ACME, id),
                                Subject.account(ACME, id).on("exports"),
                                Subject.apiKey(ACME, id),
                                Subject.tenant(ACME),
                                Subject.address(id.toString()))
                        .flatMap(subject -> Stream.of(
                                keys.keyOf(subject), keys.refund(subject, id), keys.batch(subject, UUID.randomUUID()))))
                .doesNotHaveDuplicates();
    }

    @Test
    void aSubjectOfAnApplicationIsHashedInTheKeySpaceOfItsTenant() {
        String key = keys.keyOf(Subject.custom(ACME, "acme:{x}:limit user", "exports"));

        assertThat(key).matches("frontdesk:test:acme:limit:\\{p[0-9]+}:custom\\.[0-9a-f]{32}\\.exports");
    }

    /** One script changes them together. */
    @Test
    void whatIsKnownOfASubjectIsInItsPartition() {
        var subject = Subject.custom(ACME, "user-17", "exports");

        assertThat(Stream.of(
                                keys.keyOf(subject),
                                keys.refund(subject, UUID.randomUUID()),
                                keys.batch(subject, UUID.randomUUID()))
                        .map(key -> key.replaceAll(".*(\\{.*}).*", "$1"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void theSubjectsOfATenantAreSpreadOverPartitions() {
        assertThat(Stream.iterate(0, i -> i + 1)
                        .limit(1000)
                        .map(i -> keys.keyOf(Subject.custom(ACME, "user-" + i, "exports")))
                        .map(key -> key.replaceAll(".*(\\{.*}).*", "$1"))
                        .distinct())
                .hasSizeGreaterThan(32);
    }
}
