package dev.frontdesk.kit.resilience;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long an answer asks to wait: seconds, or a date in one of the three forms of RFC 9110 (10.2.3, 5.6.7). */
public final class RetryAfter {

    private static final Pattern SECONDS = Pattern.compile("[0-9]+");

    /** Of seconds; more are longer than anybody waits. */
    private static final int MOST_DIGITS = 9;

    /** A year of two digits is not further away than that. */
    private static final int YEARS_AHEAD = 50;

    private RetryAfter() {}

    /**
     * @param header as it was received
     * @param longest what is asked for beyond that is that
     * @return zero for a date that is past; empty for what is neither seconds nor a date
     */
    public static Optional<Duration> read(@Nullable String header, Instant now, Duration longest) {
        if (header == null) {
            return Optional.empty();
        }
        String text = header.strip();
        return (SECONDS.matcher(text).matches() ? Optional.of(seconds(text, longest)) : until(text, now))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait.compareTo(longest) > 0 ? longest : wait);
    }

    private static Duration seconds(String digits, Duration longest) {
        String significant = digits.replaceFirst("^0+(?=.)", "");
        return significant.length() > MOST_DIGITS ? longest : Duration.ofSeconds(Long.parseLong(significant));
    }

    private static Optional<Duration> until(String date, Instant now) {
        for (DateTimeFormatter form : forms(now)) {
            try {
                Instant then = LocalDateTime.parse(date, form).toInstant(ZoneOffset.UTC);
                return Optional.of(Duration.between(now, then));
            } catch (DateTimeException another) {
                continue;
            }
        }
        return Optional.empty();
    }

    private static List<DateTimeFormatter> forms(Instant now) {
        int firstYear = now.atOffset(ZoneOffset.UTC).getYear() + YEARS_AHEAD - 99;
        return List.of(
                DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss 'GMT'", Locale.US),
                new DateTimeFormatterBuilder()
                        .appendPattern("EEEE, dd-MMM-")
                        .appendValueReduced(ChronoField.YEAR, 2, 2, firstYear)
                        .appendPattern(" HH:mm:ss 'GMT'")
                        .toFormatter(Locale.US),
                DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.US));
    }
}
