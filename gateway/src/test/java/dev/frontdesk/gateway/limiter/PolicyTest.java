package dev.frontdesk.gateway.limiter;

import static dev.frontdesk.gateway.limiter.CountersFixture.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.contracts.tenants.Quotas;
import org.junit.jupiter.api.Test;

class PolicyTest {

    @Test
    void needsACapacityOfAtLeastItsRefill() {
        assertThatCode(() -> policy(1, 1, 0, 0, 0)).doesNotThrowAnyException();
        assertThatThrownBy(() -> policy(0, 5, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> policy(5, 4, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void acceptsNoQuotaThatDoesNotFitIntoItsCounter() {
        assertThatCode(() -> policy(0, 0, Quotas.MOST, Quotas.MOST, Quotas.MOST))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> policy(0, 0, Quotas.MOST + 1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> policy(0, 0, 0, -1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesOnlyTheQuotasThatAreGiven() {
        var policy = policy(1, 2, 3, 4, 5);

        assertThat(policy.with(Quotas.NONE)).isEqualTo(policy);
        assertThat(policy.with(new Quotas(null, 400L, null))).isEqualTo(policy(1, 2, 3, 400, 5));
    }

    @Test
    void leavesOneOfEachLimitToAGatewayAtLeast() {
        assertThat(policy(1, 9, 10, 0, 2).share(3, 1)).isEqualTo(policy(1, 3, 3, 0, 1));
        assertThat(policy(1, 9, 10, 0, 2).share(1, 1)).isEqualTo(policy(1, 9, 10, 0, 2));
    }
}
