package dev.frontdesk.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorKeyTest {

    private static final String KEY = "fdo_" + "k".repeat(43);

    @Test
    void matchesItselfAlone() {
        var key = new OperatorKey(KEY);

        assertThat(key.matches(KEY)).isTrue();
        assertThat(key.matches("fdo_" + "k".repeat(42) + "l")).isFalse();
        assertThat(key.matches(KEY + "k")).isFalse();
        assertThat(key.matches("")).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "fdo_short", "secret", "fdo_kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk!"})
    @SuppressWarnings("NullAway") // An environment without the variable.
    void isNoKeyThatCouldBeGuessed(String key) {
        assertThatThrownBy(() -> new OperatorKey(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("FRONTDESK_OPERATOR_KEY");
    }
}
