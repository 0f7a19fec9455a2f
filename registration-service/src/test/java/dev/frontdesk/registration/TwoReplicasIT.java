package dev.frontdesk.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.testsupport.concurrency.ConcurrentTestClass;
import dev.frontdesk.testsupport.servers.Database;
import dev.frontdesk.testsupport.servers.TestServers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/** Replicas that start together on an empty database: one migrates, the others wait, and all start. */
@ConcurrentTestClass
class TwoReplicasIT {

    private static final int REPLICAS = 3;

    /** Everything that accesses the schema at startup, with the service's own settings. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(FlywayAutoConfiguration.class)
    static class Migrations {}

    @RepeatedTest(8)
    void migrateOnceWhenTheyStartTogether() throws Exception {
        var database = TestServers.postgres().newDatabase();
        var contexts = Stream.generate(() -> startedUntilItMigrates(database))
                .limit(REPLICAS)
                .toList();
        var together = new CyclicBarrier(REPLICAS);

        try (var replicas = Executors.newFixedThreadPool(REPLICAS)) {
            var migrations = contexts.stream()
                    .map(context -> context.getBean(Flyway.class))
                    .map(flyway -> replicas.submit(() -> {
                        together.await(30, TimeUnit.SECONDS);
                        return flyway.migrate();
                    }))
                    .toList();
            for (var migration : migrations) {
                migration.get();
            }
        }

        assertThat(migrationsIn(database)).doesNotHaveDuplicates().contains("1");
        contexts.forEach(ConfigurableApplicationContext::close);
    }

    /** One after the other: Spring Boot initializes the JVM's logging at each start, which is not thread-safe. */
    private static ConfigurableApplicationContext startedUntilItMigrates(Database database) {
        ApplicationContextInitializer<GenericApplicationContext> notYet =
                context -> context.registerBean(FlywayMigrationStrategy.class, () -> _ -> {});
        return new SpringApplicationBuilder(Migrations.class)
                .web(WebApplicationType.NONE)
                .initializers(notYet)
                .run("--FRONTDESK_ENV=local-replicas", "--POSTGRES_URL=" + database.url());
    }

    private static List<String> migrationsIn(Database database) throws SQLException {
        try (var connection = database.connect();
                var rows = connection
                        .createStatement()
                        .executeQuery("SELECT version FROM registration.flyway_schema_history"
                                + " WHERE success AND version IS NOT NULL")) {
            var versions = new ArrayList<String>();
            while (rows.next()) {
                versions.add(rows.getString(1));
            }
            return versions;
        }
    }
}
