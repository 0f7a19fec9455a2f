package dev.frontdesk.cache.widgets;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WidgetsPropertiesTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration SHORT = Duration.ofMillis(999);

    @Test
    void lastForASecondAtLeast() {
        assertThatIllegalArgumentException().isThrownBy(() -> new WidgetsProperties(SHORT, DAY));
        assertThatIllegalArgumentException().isThrownBy(() -> new WidgetsProperties(DAY, SHORT));
    }

    @Test
    void doNotLastLongerThanWhatIsKnownAboutEntries() {
        assertThatCode(() -> new WidgetsProperties(DAY, DAY).requireAtMost(DAY)).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WidgetsProperties(DAY.plusSeconds(1), DAY).requireAtMost(DAY));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WidgetsProperties(DAY, DAY.plusSeconds(1)).requireAtMost(DAY));
    }
}
