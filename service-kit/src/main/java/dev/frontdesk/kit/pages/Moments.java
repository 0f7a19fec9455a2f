package dev.frontdesk.kit.pages;

import java.time.DateTimeException;
import java.time.Instant;

/** A time in a request. */
public final class Moments {

    /** What PostgreSQL and everybody's calendar know; {@link Instant} goes on for a billion years in both directions. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private Moments() {}

    /**
     * @param text as RFC 3339 has it, in UTC
     * @throws DateTimeException when it is none
     */
    public static Instant read(String text) {
        Instant time = Instant.parse(text);
        if (time.isBefore(FIRST) || !time.isBefore(END)) {
            throw new DateTimeException("Not within the years 1 to 9999");
        }
        return time;
    }
}
