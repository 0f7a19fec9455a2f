package dev.frontdesk.testsupport.servers;

import static dev.frontdesk.testsupport.servers.ServerChoice.Source.CONTAINERS;
import static dev.frontdesk.testsupport.servers.ServerChoice.Source.EMBEDDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.fail;

import dev.frontdesk.testsupport.servers.ServerChoice.Source;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerChoiceTest {

    private static final BooleanSupplier NOT_ASKED = () -> fail("Docker was asked for no reason");

    @ParameterizedTest(name = "property {0}, variable {1}, Docker {2}: {3}")
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, true, CONTAINERS, a Docker engine answers",
                "-, -, false, EMBEDDED, no Docker engine answers",
                "auto, embedded, true, CONTAINERS, a Docker engine answers",
                "-, auto, false, EMBEDDED, no Docker engine answers",
                "' ', '', false, EMBEDDED, no Docker engine answers",
                "containers, embedded, true, CONTAINERS, frontdesk.test.servers says so",
                "-, CONTAINERS, true, CONTAINERS, FRONTDESK_TEST_SERVERS says so",
            })
    void choosesAndSaysWhy(String property, String variable, boolean docker, Source source, String reason) {
        assertThat(ServerChoice.of(property, variable, () -> docker)).isEqualTo(new ServerChoice(source, reason));
    }

    @Test
    void doesNotCheckDockerIfConfigured() {
        assertThat(ServerChoice.of("embedded", "containers", NOT_ASKED).source())
                .isEqualTo(EMBEDDED);
        assertThat(ServerChoice.of(null, "embedded", NOT_ASKED).source()).isEqualTo(EMBEDDED);
    }

    @Test
    void usesOnlyContainersIfConfigured() {
        assertThat(ServerChoice.of("containers", null, () -> true).source()).isEqualTo(CONTAINERS);
        assertThatThrownBy(() -> ServerChoice.of("containers", null, () -> false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("frontdesk.test.servers is containers, but no Docker engine answers");
    }

    @Test
    void refusesAnUnknownValue() {
        assertThatThrownBy(() -> ServerChoice.of(null, "docker", NOT_ASKED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("FRONTDESK_TEST_SERVERS is docker, and must be auto, containers or embedded");
    }
}
