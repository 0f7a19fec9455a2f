package dev.frontdesk.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** A connection keeps the plans of its statements: they must not depend on how small a table was when they were made. */
@RunningService
class KeptPlansIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Autowired
    private DatabaseClient client;

    @BeforeEach
    void emptyTable() {
        execute("CREATE TABLE still_empty (id integer PRIMARY KEY)");
        // Only then PostgreSQL takes the emptiness for granted.
        execute("VACUUM still_empty");
    }

    @AfterEach
    void noTable() {
        execute("DROP TABLE still_empty");
    }

    @Test
    void useTheIndexOfATableThatIsStillEmpty() {
        assertThat(client.sql("EXPLAIN DELETE FROM still_empty WHERE id = 1")
                        .map(row -> row.get(0, String.class))
                        .all()
                        .collectList()
                        .block(SOON))
                .anyMatch(line -> line.contains("still_empty_pkey"));
    }

    private void execute(String sql) {
        client.sql(sql).then().block(SOON);
    }
}
