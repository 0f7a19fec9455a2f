package dev.frontdesk.kit.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.postgresql.client.SSLMode;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;

class KitDefaultsTest {

    @Test
    void takesADatabaseAddressApart() {
        assertThat(KitDefaults.databaseSettings("postgresql://front:p%40ss+w@db.example:6543/frontdesk"))
                .containsEntry("spring.r2dbc.url", "r2dbc:postgresql://db.example:6543/frontdesk")
                .containsEntry("spring.flyway.url", "jdbc:postgresql://db.example:6543/frontdesk")
                .containsEntry("spring.r2dbc.username", "front")
                .containsEntry("spring.flyway.user", "front")
                .containsEntry("spring.r2dbc.password", "p@ss+w")
                .containsEntry("spring.flyway.password", "p@ss+w");
    }

    @Test
    void encryptsAsConfiguredInTheUrl() {
        var settings = KitDefaults.databaseSettings(
                "postgresql://front:secret@db.example/frontdesk?sslmode=verify-full&sslrootcert=/etc/our%26ca.pem");

        assertThat(settings)
                .containsEntry("spring.r2dbc.url", "r2dbc:postgresql://db.example:5432/frontdesk")
                .containsEntry("spring.r2dbc.properties.sslMode", "verify-full")
                .containsEntry("spring.r2dbc.properties.sslRootCert", "/etc/our&ca.pem");
        assertThat(Driver.parseURL(String.valueOf(settings.get("spring.flyway.url")), new Properties()))
                .containsEntry("sslmode", "verify-full")
                .containsEntry("sslrootcert", "/etc/our&ca.pem");
        assertThat(SSLMode.fromValue("verify-full")).isEqualTo(SSLMode.VERIFY_FULL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "db.example",
                "mysql://u:secret@h/d",
                "postgresql://db.example/frontdesk",
                "postgresql://u:sec ret@h/d",
                "postgresql://u:secret@h/d?ssl=true"
            })
    void doesNotTakeAnythingElseApart(String url) {
        assertThat(KitDefaults.isDatabaseUrl(url)).isFalse();
    }
}
