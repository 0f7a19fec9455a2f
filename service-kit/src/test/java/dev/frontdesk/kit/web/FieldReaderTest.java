package dev.frontdesk.kit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldReaderTest {

    private final FieldReader fields = new FieldReader();

    @Test
    void readsIdsFlagsAndNumbers() {
        UUID id = UUID.randomUUID();

        assertThat(fields.uuid("id", id.toString())).contains(id);
        assertThat(fields.uuid("id", null)).isEmpty();
        assertThat(fields.flag("done", "true")).contains(true);
        assertThat(fields.flag("done", "false")).contains(false);
        assertThat(fields.flag("done", null)).isEmpty();
        fields.range("count", 1, 1, 3);
        fields.range("count", 3L, 1, 3);
        fields.range("count", null, 1, 3);
        fields.check();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none", "1-1-1-1-1", "{0190d3c2-7f1e-7b3a-9c4d-2e5f6a7b8c9d}"})
    void refusesWhatIsNoUuid(String text) {
        fields.uuid("id", text);
        refused("id must be a UUID");
    }

    @Test
    void refusesAllThatIsWrongTogether() {
        fields.flag("done", "yes");
        fields.range("count", 0, 1, 3);
        fields.range("limit", 4L, 1, 3);
        refused("done must be true or false; count must be 1 to 3; limit must be 1 to 3");
    }

    private void refused(String errors) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(fields::check)
                .satisfies(problem -> assertThat(problem.inOneLine()).isEqualTo(errors));
    }
}
