package dev.frontdesk.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** A connection keeps the plans of its statements: they must not depend on how small a table was when they were made. */
@RunningService
class KeptPlansIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Autowired
    private DatabaseClient client;

    /** Each connection has it from its start, whatever the pool does with it. */
    @ParameterizedTest
    @ValueSource(strings = {"enable_seqscan", "jit"})
    void avoidWhatIsGoodForAnEmptyTableAlone(String setting) {
        assertThat(client.sql("SELECT setting || ' from ' || source AS state FROM pg_settings WHERE name = '" + setting
                                + "'")
                        .map(row -> row.get("state", String.class))
                        .one()
                        .block(SOON))
                .isEqualTo("off from client");
    }

    @Test
    void useTheIndexOfATableThatIsStillEmpty() {
        execute("CREATE TABLE still_empty (id integer PRIMARY KEY)");
        try {
            // Only then PostgreSQL takes the emptiness for granted.
            execute("VACUUM still_empty");

            assertThat(client.sql("EXPLAIN DELETE FROM still_empty WHERE id = 1")
                            .map(row -> row.get(0, String.class))
                            .all()
                            .collectList()
                            .block(SOON))
                    .anyMatch(line -> line.contains("still_empty_pkey"));
        } finally {
            execute("DROP TABLE still_empty");
        }
    }

    private void execute(String sql) {
        client.sql(sql).then().block(SOON);
    }
}
