package dev.frontdesk.localstack.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.parts.Ports;
import dev.frontdesk.localstack.state.Home;
import dev.frontdesk.localstack.state.Secrets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {

    private static final String[] ALL = {
        "SERVER_PORT", "MANAGEMENT_SERVER_PORT", "FRONTDESK_ENV", "REDIS_URL", "KAFKA_SERVERS", "FRONTDESK_IDENTITY_KEY"
    };

    @TempDir
    Path folder;

    private Environment environment;

    @BeforeEach
    void makeEnvironment() {
        environment = new Environment(Ports.from(Map.of()), Secrets.of(Home.at(folder)));
    }

    @Test
    void givesEachServiceWhatItNeedsAndNoSecretMore() {
        assertThat(environment.of(Part.CACHE)).containsOnlyKeys(and("FRONTDESK_CACHE_KEY"));
        assertThat(environment.of(Part.SESSION)).containsOnlyKeys(and("FRONTDESK_SERVICES_REGISTRATION"));
        assertThat(environment.of(Part.REGISTRATION))
                .containsOnlyKeys(and("POSTGRES_URL", "FRONTDESK_EVENTS_KEY", "FRONTDESK_VERIFICATION_KEY"));
        assertThat(environment.of(Part.NOTIFICATION))
                .containsOnlyKeys(and("POSTGRES_URL", "FRONTDESK_EVENTS_KEY", "SMTP_HOST", "SMTP_PORT"));
        assertThat(environment.of(Part.GATEWAY))
                .containsOnlyKeys(and(
                        "FRONTDESK_OPERATOR_KEY",
                        "FRONTDESK_SIGNING_KEY",
                        "FRONTDESK_SIGNING_ISSUER",
                        "FRONTDESK_SERVICES_REGISTRATION",
                        "FRONTDESK_SERVICES_SESSION",
                        "FRONTDESK_SERVICES_NOTIFICATION",
                        "FRONTDESK_SERVICES_CACHE"));
    }

    @Test
    void givesTheSampleOnlyItsOwnKey() {
        Secrets secrets = Secrets.of(Home.at(folder));
        secrets.put(Secrets.SAMPLE_API_KEY, "fdk_sample");

        assertThat(new Environment(Ports.from(Map.of()), secrets).of(Part.SAMPLE))
                .containsOnly(
                        Map.entry("SERVER_PORT", "18085"),
                        Map.entry("FRONTDESK_URL", "http://127.0.0.1:8080"),
                        Map.entry("FRONTDESK_API_KEY", "fdk_sample"));
        assertThat(Secrets.of(Home.at(folder)).get(Secrets.SAMPLE_API_KEY)).isEqualTo("fdk_sample");
    }

    @Test
    void writesAddressesAsTheServicesReadThem() {
        assertThat(environment.redisUrl()).matches("redis://:[0-9a-f]{32}@127.0.0.1:16379");
        assertThat(environment.postgresUrl()).matches("postgresql://frontdesk:[0-9a-f]{32}@127.0.0.1:15432/frontdesk");
        assertThat(environment.of(Part.GATEWAY))
                .containsEntry("SERVER_PORT", "8080")
                .containsEntry("MANAGEMENT_SERVER_PORT", "18090")
                .containsEntry("FRONTDESK_SERVICES_SESSION", "http://127.0.0.1:18082")
                .containsEntry("KAFKA_SERVERS", "127.0.0.1:19092");
    }

    private static String[] and(String... more) {
        String[] all = Arrays.copyOf(ALL, ALL.length + more.length);
        System.arraycopy(more, 0, all, ALL.length, more.length);
        return all;
    }
}
