package dev.frontdesk.kit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.testsupport.servers.Database;
import dev.frontdesk.testsupport.servers.TestServers;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
@Isolated("asserts what the whole JVM prints")
class SchemaMismatchIT {

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({MigrationAutoConfiguration.class, FlywayAutoConfiguration.class})
    static class Migrations {}

    private final Database database = TestServers.postgres().newDatabase();

    @Test
    void stopsWithoutAStackTraceOnTheDatabaseOfAnotherVersion(CapturedOutput output) throws SQLException {
        start();
        execute("UPDATE flyway_schema_history SET checksum = 1 WHERE version = '1'");

        assertThatThrownBy(this::start).rootCause().hasMessageContaining("checksum mismatch");

        assertThat(output)
                .contains("The database has another layout than this version: "
                        + "Migration checksum mismatch for migration version 1")
                .contains("dev/up --fresh")
                .doesNotContain("\tat ");
    }

    /** So that a service can be rolled back. */
    @Test
    void startsOnTheSchemaOfALaterVersion() throws SQLException {
        start();
        execute("INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum,"
                + " installed_by, execution_time, success)"
                + " VALUES (2, '2', 'later', 'SQL', 'V2__later.sql', 2, 'test', 1, true)");

        start();
    }

    private void start() {
        new SpringApplicationBuilder(Migrations.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--spring.autoconfigure.exclude=",
                        "--FRONTDESK_ENV=local-mismatch",
                        "--POSTGRES_URL=" + database.url())
                .close();
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
