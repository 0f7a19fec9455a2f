package dev.frontdesk.kit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.frontdesk.contracts.events.EventType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KindNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "order-shipped", "order.paid", "a.1", "a-", "v2.order-shipped.by-sea"})
    void takesANameAsItIs(String name) {
        assertThat(KindName.read(name)).isEqualTo(name);
        assertThat(KindName.readOfApplication(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "ORDER_SHIPPED, order-shipped",
        "Order, order",
        "order_shipped, order-shipped",
        "Order-Shipped, order-shipped",
        "OrderShipped, order-shipped",
        "orderShipped, order-shipped",
        "order shipped, order-shipped",
        "Order.Paid, order.paid"
    })
    void saysHowANameIsWritten(String wrong, String right) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KindName.read(wrong))
                .withMessage("must be written in lower case with hyphens: " + right);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".", "-", "_", "1a", "-a", ".a", "a.", "a..b", "a.-b", "a*", "é", "İ", "ı", "a\n", "a\0", "😀"
            })
    void refusesWhatIsNoName(String wrong) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KindName.read(wrong))
                .withMessageStartingWith("must be 1 to 64 lower-case letters");
    }

    @Test
    void hasSixtyFourCharactersAtMost() {
        assertThat(KindName.isValid("a".repeat(64))).isTrue();
        assertThat(KindName.isValid("a".repeat(65))).isFalse();
        assertThat(KindName.isValid("a.".repeat(500_000) + "a")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "account.verified", "session.opened", "webhook.x", "session.x.y"})
    void keepsFrontdesksOwnNamesFromApplications(String name) {
        assertThat(KindName.read(name)).isEqualTo(name);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KindName.readOfApplication(name))
                .withMessageStartingWith("must not begin with account, api-key, session, tenant or webhook");
    }

    @ParameterizedTest
    @ValueSource(strings = {"accounts", "account-closed", "sessions.opened", "webhooks"})
    void keepsNoOthers(String name) {
        assertThat(KindName.readOfApplication(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void theNameOfEachEventIsOne(EventType type) {
        assertThat(KindName.read(type.fact())).isEqualTo(type.fact());
        assertThat(type.ceType()).matches("dev\\.frontdesk\\." + type.fact() + "\\.v[0-9]+");
    }
}
