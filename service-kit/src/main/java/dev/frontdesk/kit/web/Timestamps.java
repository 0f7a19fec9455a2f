package dev.frontdesk.kit.web;

import java.time.DateTimeException;
import java.time.Instant;

/** A time in a request. */
public final class Timestamps {

    /** What PostgreSQL and everybody's calendar know; {@link Instant} goes on for a billion years in both directions. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private static final String FORM = "must be a time such as 2026-11-21T10:00:00Z";

    private Timestamps() {}

    /**
     * @param text as RFC 3339 has it, with whatever offset
     * @throws IllegalArgumentException when it is none of the years 1 to 9999; its message may be shown
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
