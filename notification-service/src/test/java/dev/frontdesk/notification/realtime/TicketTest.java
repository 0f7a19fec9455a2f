package dev.frontdesk.notification.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketTest {

    @Test
    void isRandomAndReadsItself() {
        var ticket = Ticket.random();

        assertThat(ticket.value())
                .matches("fdt_[A-Za-z0-9_-]{43}")
                .isNotEqualTo(Ticket.random().value());
        assertThat(Ticket.parse(ticket.value())).contains(ticket);
    }

    @Test
    void isKnownByItsHash() {
        var ticket = new Ticket("fdt_" + "a".repeat(43));

        assertThat(ticket.hash()).isEqualTo("8d51c60c7b11f915c1c5d5db62353ff82539336a637eecfd8e4e4d8c9ad2a6b8");
        assertThat(ticket).hasToString("Ticket[***]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fdt_", "fdt_short", "fds_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "fdt_*"})
    void refusesWhatIsNone(String text) {
        assertThat(Ticket.parse(text)).isEmpty();
    }
}
