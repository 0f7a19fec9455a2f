package dev.frontdesk.gateway.limits;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LimitTest {

    @Test
    void needsACapacityOfAtLeastItsRefill() {
        assertThatCode(() -> new Limit(1, 1, true)).doesNotThrowAnyException();
        assertThatThrownBy(() -> new Limit(0, 5, true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Limit(5, 4, true)).isInstanceOf(IllegalArgumentException.class);
    }
}
