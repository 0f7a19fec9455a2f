package dev.frontdesk.registration.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.frontdesk.contracts.events.EventType;
import dev.frontdesk.kit.web.KindName;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityEventKindsTest {

    /** A refused login opens no session, and a sign-up is not an account: neither causes an event. */
    private static final Set<String> NO_EVENTS = Set.of("session.refused", "account.sign-up-deleted");

    @Test
    void haveTheNamesOfTheEvents() {
        var facts = Arrays.stream(EventType.values()).map(EventType::fact).collect(Collectors.toSet());
        facts.addAll(NO_EVENTS);

        assertThat(facts).containsAll(SecurityEventKinds.values());
        assertThat(SecurityEventKinds.values())
                .containsAll(NO_EVENTS)
                .contains("account.verified", "account.password-changed", "session.opened")
                .doesNotContain("account.verification-requested", "account.address-already-registered")
                .allMatch(KindName::isValid);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ACCOUNT.VERIFIED",
                "account_verified",
                "1account",
                "account.",
                "",
                "accoünt",
                "verified",
                "login-refused",
                "account.verification-requested"
            })
    void whatIsNoneIsRefused(String wrong) {
        assertThatIllegalArgumentException().isThrownBy(() -> SecurityEventKinds.read(wrong));
    }
}
