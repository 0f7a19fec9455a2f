package dev.frontdesk.notification.queues;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Where a job is, and the order in which those of one state are shown. What is alike in all of it was added one after the other, and
 * is in that order.
 */
enum JobState {
    /** The one that is claimed next comes first. */
    WAITING(true, Key.PRIORITY, Key.DUE, Key.SEQ),
    /** The one that is due next comes first, and of those that are due together the one that is then claimed first. */
    DELAYED(true, Key.DUE, Key.PRIORITY, Key.SEQ),
    /** The one that is worked longest comes first, and of those that were claimed together the one that was claimed first. */
    ACTIVE(true, Key.TIME, Key.PRIORITY, Key.DUE, Key.SEQ),
    /** The one that ended last comes first, as with all others that ended. */
    COMPLETED(false, Key.ENDED, Key.SEQ),
    FAILED(false, Key.ENDED, Key.SEQ),
    UNKNOWN(false, Key.ENDED, Key.SEQ),
    CANCELLED(false, Key.ENDED, Key.SEQ);

    /** A part of an order: SQL of its value, and of the parameter that has the value of the last one shown. */
    enum Key {
        PRIORITY("priority", ":priority"),
        DUE("due_at", ":due"),
        TIME("coalesce(started_at, created_at)", ":time"),
        ENDED("finished_at", ":time"),
        SEQ("seq", ":seq");

        private final String sql;
        private final String parameter;

        Key(String sql, String parameter) {
            this.sql = sql;
            this.parameter = parameter;
        }

        String sql() {
            return sql;
        }
    }

    private static final String WORDS =
            Arrays.stream(values()).map(JobState::word).collect(Collectors.joining(", "));

    private final boolean ascending;
    private final List<Key> keys;

    JobState(boolean ascending, Key... keys) {
        this.ascending = ascending;
        this.keys = List.of(keys);
    }

    /** As the table and JSON have it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean hasEnded() {
        return keys.getFirst() == Key.ENDED;
    }

    /** SQL of the time in a job's position. */
    String time() {
        return (hasEnded() ? Key.ENDED : Key.TIME).sql();
    }

    boolean orderedBy(Key key) {
        return keys.contains(key);
    }

    /** What follows ORDER BY. */
    String order() {
        return keys.stream().map(key -> ascending ? key.sql : key.sql + " DESC").collect(Collectors.joining(", "));
    }

    /** The condition of what comes behind a position. */
    String behind() {
        return "(%s) %s (%s)"
                .formatted(
                        keys.stream().map(key -> key.sql).collect(Collectors.joining(", ")),
                        ascending ? ">" : "<",
                        keys.stream().map(key -> key.parameter).collect(Collectors.joining(", ")));
    }

    /** @throws IllegalArgumentException with a message that may be shown */
    static JobState read(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of " + WORDS));
    }
}
