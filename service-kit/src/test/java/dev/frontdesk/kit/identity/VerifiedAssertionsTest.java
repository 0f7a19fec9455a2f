package dev.frontdesk.kit.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.testsupport.clock.MutableClock;
import java.time.Duration;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class VerifiedAssertionsTest {

    private static final Caller OPERATOR = new Caller.Operator(new TenantId("acme"));

    private final MutableClock clock = MutableClock.at("2026-11-29T10:00:00Z");
    private final IdentityAssertions assertions =
            new IdentityAssertions(new SecretKeySpec(new byte[32], "HmacSHA256"), clock);
    private final VerifiedAssertions verified = new VerifiedAssertions(assertions);

    @Test
    void returnsTheSameContentForTheSameText() {
        String assertion = assertions.sign(OPERATOR, "203.0.113.7");

        var first = verified.read(assertion);

        assertThat(first).isEqualTo(new IdentityAssertions.Asserted(OPERATOR, "203.0.113.7"));
        assertThat(verified.read(new String(assertion.toCharArray())))
                .as("verified once")
                .isSameAs(first);
    }

    @Test
    void knowsAnAssertionNoLongerThanItIsValid() {
        String assertion = assertions.sign(OPERATOR);
        assertThat(verified.read(assertion)).isNotNull();

        clock.advance(Duration.ofSeconds(34));
        assertThat(verified.read(assertion)).isNotNull();
        clock.advance(Duration.ofSeconds(2));
        assertThat(verified.read(assertion)).isNull();
    }

    @Test
    void refusesEveryChangeOfAnAssertionThatItKnows() {
        String assertion = assertions.sign(OPERATOR);
        assertThat(verified.read(assertion)).isNotNull();

        int signature = assertion.lastIndexOf('.');
        String otherContent = assertions.sign(new Caller.Operator(new TenantId("other")));
        for (String forged : List.of(
                assertion + "x",
                assertion.substring(0, assertion.length() - 2),
                assertion.substring(0, signature),
                otherContent.substring(0, otherContent.lastIndexOf('.')) + assertion.substring(signature))) {
            assertThat(verified.read(forged)).as(forged).isNull();
            assertThat(verified.read(forged)).as("again").isNull();
        }
    }
}
