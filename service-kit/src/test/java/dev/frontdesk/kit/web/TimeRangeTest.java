package dev.frontdesk.kit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeRangeTest {

    private static final String NINE = "2026-11-21T09:00:00Z";
    private static final String TEN = "2026-11-21T10:00:00Z";

    private final FieldReader fields = new FieldReader();

    @Test
    void mayBeOpenAtEitherEnd() {
        assertThat(TimeRange.read(fields, NINE, null)).isEqualTo(new TimeRange(Instant.parse(NINE), null));
        assertThat(TimeRange.read(fields, null, TEN)).isEqualTo(new TimeRange(null, Instant.parse(TEN)));
        fields.check();
    }

    @Test
    void takesAnyOffset() {
        assertThat(TimeRange.read(fields, "2026-11-21T12:00:00+03:00", TEN).begin())
                .isEqualTo(Instant.parse(NINE));
        fields.check();
    }

    @ParameterizedTest
    @CsvSource({
        TEN + "," + TEN + ", to, must be later than from",
        TEN + "," + NINE + ", to, must be later than from",
        "2026-11-21T12:00:00+03:00," + NINE + ", to, must be later than from",
        "yesterday," + NINE + ", from, must be a time such as 2026-11-21T10:00:00Z",
        NINE + ",2026-11-22, to, must be a time such as 2026-11-21T10:00:00Z",
        NINE + ",+12026-11-22T00:00:00Z, to, must be a time such as 2026-11-21T10:00:00Z"
    })
    void refusesWhatIsNone(@Nullable String from, @Nullable String to, String field, String message) {
        TimeRange.read(fields, from, to);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(fields::check)
                .satisfies(refused -> assertThat(refused.toString()).contains(field, message));
    }

    @Test
    void isLongerThanWhatItsEndsAreApart() {
        var hour = TimeRange.readWhole(fields, NINE, TEN);

        assertThat(hour.isLongerThan(Duration.ofMinutes(59))).isTrue();
        assertThat(hour.isLongerThan(Duration.ofHours(1))).isFalse();
    }
}
