package dev.frontdesk.gateway.usage;

import dev.frontdesk.kit.web.FieldReader;
import dev.frontdesk.kit.web.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The time that a response is about: whole hours or days in UTC.
 *
 * @param from inclusive
 * @param to exclusive
 */
record UsageRange(UsageInterval interval, Instant from, Instant to) {

    /** How long a range may be, and how long ago it may begin. */
    static final Duration MOST = Duration.ofDays(31);

    private static final Duration FUTURE = Duration.ofDays(1);

    /**
     * Rounds the range outwards.
     *
     * @throws dev.frontdesk.kit.web.ProblemException 400
     */
    static UsageRange read(@Nullable String interval, @Nullable String from, @Nullable String to, Instant now) {
        var fields = new FieldReader();
        var read = fields.optional("interval", interval, UsageInterval::read).orElse(UsageInterval.HOUR);
        var range = TimeRange.read(fields, from, to);
        fields.check();
        Instant earliest = now.minus(MOST);
        if (range.from() != null && range.from().isBefore(earliest)) {
            fields.refuse("from", "must be at most 31 days in the past");
        }
        if (range.to() != null && !range.to().isAfter(earliest)) {
            fields.refuse("to", "must be less than 31 days in the past");
        }
        if (range.to() != null && range.to().isAfter(now.plus(FUTURE))) {
            fields.refuse("to", "must be at most a day in the future");
        }
        if (range.isLongerThan(MOST)) {
            fields.refuse("to", "must be at most 31 days after from");
        }
        if (range.to() == null && range.from() != null && !range.from().isBefore(now)) {
            fields.refuse("from", "must be in the past");
        }
        fields.check();
        Instant end = roundedUp(range.to() == null ? now : range.to(), read.unit());
        Instant begin = range.from() == null ? later(end.minus(read.usual()), earliest) : range.from();
        return new UsageRange(read, begin.truncatedTo(read.unit()), end);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant roundedUp(Instant time, ChronoUnit unit) {
        Instant begin = time.truncatedTo(unit);
        return begin.equals(time) ? time : begin.plus(1, unit);
    }

    /** The beginning of each hour or day. */
    List<Instant> periods() {
        return beginnings(from, to, interval.unit()).toList();
    }

    /** The days that are in the range as a whole. */
    List<Instant> wholeDays() {
        return beginnings(roundedUp(from, ChronoUnit.DAYS), to.truncatedTo(ChronoUnit.DAYS), ChronoUnit.DAYS)
                .toList();
    }

    /** The hours that are not in {@link #wholeDays}. */
    List<Instant> otherHours() {
        Instant lastDay = to.truncatedTo(ChronoUnit.DAYS);
        Instant firstDay = roundedUp(from, ChronoUnit.DAYS);
        return firstDay.isAfter(lastDay)
                ? beginnings(from, to, ChronoUnit.HOURS).toList()
                : Stream.concat(beginnings(from, firstDay, ChronoUnit.HOURS), beginnings(lastDay, to, ChronoUnit.HOURS))
                        .toList();
    }

    private static Stream<Instant> beginnings(Instant from, Instant to, ChronoUnit unit) {
        return Stream.iterate(from, it -> it.isBefore(to), it -> it.plus(1, unit));
    }
}
