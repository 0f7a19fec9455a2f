package dev.frontdesk.kit.web;

import java.time.DateTimeException;
import java.time.Instant;

/** A time in a request. */
public final class Timestamps {

    /**
     * PostgreSQL and common calendars support these years; {@link Instant} covers a billion years in both directions.
     */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private static final String FORM = "must be a time such as 2026-11-21T10:00:00Z";

    private Timestamps() {}

    /**
     * @param text in RFC 3339 format, with any offset
     * @throws IllegalArgumentException when it is no valid time in the years 1 to 9999; its message may be shown
     */
    public static Instant read(String text) {
        Instant time;
        try {
            time = Instant.parse(text);
        } catch (DateTimeException notOne) {
            throw new IllegalArgumentException(FORM, notOne);
        }
        if (time.isBefore(FIRST) || !time.isBefore(END)) {
            throw new IllegalArgumentException(FORM);
        }
        return time;
    }
}
