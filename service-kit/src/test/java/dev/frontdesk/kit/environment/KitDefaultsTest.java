package dev.frontdesk.kit.environment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "db.example",
                "mysql://u:secret@h/d",
                "postgresql://db.example/frontdesk",
                "postgresql://u:sec ret@h/d"
            })
    void doesNotTakeAnythingElseApart(String url) {
        assertThat(KitDefaults.isDatabaseUrl(url)).isFalse();
    }
}
