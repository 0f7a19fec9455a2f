package dev.frontdesk.notification.queues;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where a job is, and the order in which those of one state are shown. */
enum JobState {
    /** The one that is claimed next comes first. */
    WAITING("priority", "due_at", true),
    /** The one that is due next comes first. */
    DELAYED("0", "due_at", true),
    /** The one that is worked longest comes first. */
    ACTIVE("0", "coalesce(started_at, created_at)", true),
    /** The one that ended last comes first, as with all others that ended. */
    COMPLETED("0", "finished_at", false),
    FAILED("0", "finished_at", false),
    UNKNOWN("0", "finished_at", false),
    CANCELLED("0", "finished_at", false);

    private static final String WORDS =
            Arrays.stream(values()).map(JobState::word).collect(Collectors.joining(", "));

    private final String rank;
    private final String time;
    private final boolean ascending;

    JobState(String rank, String time, boolean ascending) {
        this.rank = rank;
        this.time = time;
        this.ascending = ascending;
    }

    /** As the table and JSON have it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** SQL of a number that comes before the time in the order. */
    String rank() {
        return rank;
    }

    /** SQL of the time by which jobs are ordered. */
    String time() {
        return time;
    }

    boolean ascending() {
        return ascending;
    }

    /** @throws IllegalArgumentException with a message that may be shown */
    static JobState read(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of " + WORDS));
    }
}
