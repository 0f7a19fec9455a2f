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

/**
 * Reads how long a response asks the client to wait: seconds, or a date in one of the three formats of RFC 9110
 * (10.2.3, 5.6.7).
 */
public final class RetryAfter {

    private static final Pattern SECONDS = Pattern.compile("[0-9]+");

    /** Maximum digits of the seconds; a longer number means more than 30 years. */
    private static final int MOST_DIGITS = 9;

    /** A two-digit year is at most this far in the future. */
    private static final int YEARS_AHEAD = 50;

    private RetryAfter() {}

    /**
     * @param header the value as received
     * @param longest upper limit of the result
     * @return zero for a date in the past; empty when the value is neither seconds nor a date
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
                // The next form may fit.
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
