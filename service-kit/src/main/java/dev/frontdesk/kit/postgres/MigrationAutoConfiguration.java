package dev.frontdesk.kit.postgres;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;

/**
 * Migrates the schema at the start, and says in one line when the database does not belong to this version. Migrations
 * of a later version are no mismatch: a service runs on the schema of the next version, so that it can be rolled back.
 */
@AutoConfiguration(before = FlywayAutoConfiguration.class)
@ConditionalOnClass({Flyway.class, FlywayMigrationStrategy.class})
public class MigrationAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    FlywayMigrationStrategy migrationStrategy() {
        return MigrationAutoConfiguration::migrate;
    }

    static void migrate(Flyway flyway) {
        try {
            flyway.migrate();
        } catch (FlywayValidateException different) {
            throw new SchemaMismatch(firstDifference(different), different);
        }
    }

    /** Flyway's message is a page: a heading, then each difference with advice that suits its command line. */
    private static String firstDifference(FlywayValidateException different) {
        return String.valueOf(different.getMessage())
                .lines()
                .skip(1)
                .findFirst()
                .orElse("validation failed");
    }
}
