package dev.frontdesk.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.frontdesk.kit.resilience.Outages;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** What PostgreSQL really answers, as the kit takes it. */
@RunningService
class PostgresErrorsIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Autowired
    private DatabaseClient client;

    @Test
    void aValueTooLongForAnIndexIsNoOutage() {
        execute("CREATE TABLE long_values (value text UNIQUE)");
        try {
            var error = catchThrowable(() -> execute(
                    "INSERT INTO long_values SELECT string_agg(md5(n::text), '') FROM generate_series(1, 1000) AS n"));

            assertThat(error).hasMessageContaining("index row requires");
            assertThat(Outages.isBehind(error)).isFalse();
        } finally {
            execute("DROP TABLE long_values");
        }
    }

    private void execute(String sql) {
        client.sql(sql).then().block(SOON);
    }
}
