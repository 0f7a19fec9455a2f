package dev.frontdesk.localstack.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {

    @Test
    void takesTheUsualPortsUnlessTheEnvironmentChoosesOthers() {
        Ports ports = Ports.from(Map.of("SESSION_MANAGEMENT_PORT", " 4711 ", "REDIS_PORT", ""));
        assertThat(ports.of(Part.GATEWAY)).isEqualTo(8080);
        assertThat(ports.of(Port.REDIS)).isEqualTo(16379);
        assertThat(ports.of(Port.SESSION_MANAGEMENT)).isEqualTo(4711);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "0", "65536", "-1"})
    void refusesWhatIsNoPort(String value) {
        assertThatExceptionOfType(WrongPort.class)
                .isThrownBy(() -> Ports.from(Map.of("KAFKA_PORT", value)))
                .withMessage("KAFKA_PORT is \"" + value + "\", which is not a port number");
    }

    @Test
    void refusesOnePortForTwoParts() {
        assertThatExceptionOfType(WrongPort.class)
                .isThrownBy(() -> Ports.from(Map.of("CACHE_PORT", "8080")))
                .withMessageContaining("GATEWAY_PORT")
                .withMessageContaining("CACHE_PORT")
                .withMessageContaining("8080");
    }

    @Test
    void seesWhoListensOnThisMachineOrOnEveryAddress() throws IOException {
        try (ServerSocket local = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket everywhere = new ServerSocket(0)) {
            assertThat(Ports.isTaken(local.getLocalPort())).isTrue();
            assertThat(Ports.isTaken(everywhere.getLocalPort())).isTrue();
            local.close();
            assertThat(Ports.isTaken(local.getLocalPort())).isFalse();
        }
    }

    @Test
    void everyServiceHasAPortForItsHealth() {
        assertThat(Part.services())
                .allMatch(service -> Port.managementOf(service).isPresent());
        assertThat(Part.infrastructure())
                .noneMatch(part -> Port.managementOf(part).isPresent());
    }

    @Test
    void everyPartIsEndedOnce() {
        assertThat(Part.ENDING.stream().flatMap(List::stream)).containsExactlyInAnyOrder(Part.values());
    }
}
