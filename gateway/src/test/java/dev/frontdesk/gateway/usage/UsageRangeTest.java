package dev.frontdesk.gateway.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.kit.web.ProblemException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageRangeTest {

    private static final Instant NOW = Instant.parse("2026-11-30T10:20:30Z");

    @Test
    void isTheLast24HoursOr31DaysWithTheCurrentOne() {
        assertThat(read(null, null, null)).isEqualTo(range(UsageInterval.HOUR, "2026-11-29T11:00", "2026-11-30T11:00"));
        assertThat(read(null, null, null).periods()).hasSize(24);
        assertThat(read("day", null, null)).isEqualTo(range(UsageInterval.DAY, "2026-10-31T00:00", "2026-12-01T00:00"));
        assertThat(read("day", null, null).periods()).hasSize(31);
    }

    @Test
    void isRoundedOutwards() {
        assertThat(read("hour", "2026-11-28T10:59:59.9Z", "2026-11-28T11:00:00.1Z"))
                .isEqualTo(range(UsageInterval.HOUR, "2026-11-28T10:00", "2026-11-28T12:00"));
        assertThat(read("hour", "2026-11-28T10:00:00Z", "2026-11-28T11:00:00Z"))
                .isEqualTo(range(UsageInterval.HOUR, "2026-11-28T10:00", "2026-11-28T11:00"));
        assertThat(read("day", "2026-11-28T10:59:59+01:00", "2026-11-28T11:00:00+01:00"))
                .isEqualTo(range(UsageInterval.DAY, "2026-11-28T00:00", "2026-11-29T00:00"));
    }

    @Test
    void endsNowOrBeginsTheUsualTimeBefore() {
        assertThat(read("hour", "2026-11-30T08:30:00Z", null))
                .isEqualTo(range(UsageInterval.HOUR, "2026-11-30T08:00", "2026-11-30T11:00"));
        assertThat(read("hour", null, "2026-11-20T10:00:00Z"))
                .isEqualTo(range(UsageInterval.HOUR, "2026-11-19T10:00", "2026-11-20T10:00"));
        // What is older is deleted.
        assertThat(read("day", null, "2026-11-02T00:00:00Z"))
                .isEqualTo(range(UsageInterval.DAY, "2026-10-30T00:00", "2026-11-02T00:00"));
    }

    @ParameterizedTest
    @CsvSource({
        "week, , ",
        "HOUR, , ",
        ", yesterday, ",
        ", , 2026-11-30",
        ", 2026-10-30T10:20:29Z, ",
        ", 2026-11-30T10:20:30Z, ",
        ", , 2026-10-30T10:20:30Z",
        ", , 2026-12-01T10:20:31Z",
        ", 2026-11-30T09:00:00Z, 2026-11-30T09:00:00Z",
        ", 2026-11-30T09:00:00Z, 2026-11-30T08:00:00Z",
        "day, 2026-10-31T00:00:00Z, 2026-12-01T00:00:01Z",
        ", 0000-01-01T00:00:00Z, ",
        ", , +10000-01-01T00:00:00Z",
    })
    void refusesOthers(@Nullable String interval, @Nullable String from, @Nullable String to) {
        assertThatThrownBy(() -> read(interval, from, to)).isInstanceOf(ProblemException.class);
    }

    @Test
    void isMadeOfWholeDaysAndTheHoursAtItsEdges() {
        var several = read("hour", "2026-11-27T22:00:00Z", "2026-11-30T02:00:00Z");
        assertThat(several.wholeDays()).containsExactly(at("2026-11-28T00:00"), at("2026-11-29T00:00"));
        assertThat(several.otherHours())
                .containsExactly(
                        at("2026-11-27T22:00"), at("2026-11-27T23:00"), at("2026-11-30T00:00"), at("2026-11-30T01:00"));

        var within = read("hour", "2026-11-29T22:00:00Z", "2026-11-29T23:00:00Z");
        assertThat(within.wholeDays()).isEmpty();
        assertThat(within.otherHours()).containsExactly(at("2026-11-29T22:00"));

        var midnight = read("hour", "2026-11-29T23:00:00Z", "2026-11-30T01:00:00Z");
        assertThat(midnight.wholeDays()).isEmpty();
        assertThat(midnight.otherHours()).containsExactly(at("2026-11-29T23:00"), at("2026-11-30T00:00"));

        assertThat(read("day", null, null).otherHours()).isEmpty();
        assertThat(read("day", null, null).wholeDays()).hasSize(31);
    }

    private static UsageRange read(@Nullable String interval, @Nullable String from, @Nullable String to) {
        return UsageRange.read(interval, from, to, NOW);
    }

    private static UsageRange range(UsageInterval interval, String from, String to) {
        return new UsageRange(interval, at(from), at(to));
    }

    private static Instant at(String time) {
        return Instant.parse(time + ":00Z");
    }
}
