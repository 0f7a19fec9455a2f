package dev.frontdesk.notification.queues;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** State of a job, and the order in which jobs of one state are listed. Ties are broken by the order of adding. */
enum JobState {
    /** The job that is claimed next comes first. */
    WAITING(true, Key.PRIORITY, Key.DUE, Key.SEQ),
    /** The job that is due next comes first; of jobs due at the same time, the one that will be claimed first. */
    DELAYED(true, Key.DUE, Key.PRIORITY, Key.SEQ),
    /**
     * The job that has been in work longest comes first; of jobs claimed at the same time, the one that was claimed
     * first.
     */
    ACTIVE(true, Key.TIME, Key.PRIORITY, Key.DUE, Key.SEQ),
    /** The job that ended last comes first, as in all ended states. */
    COMPLETED(false, Key.ENDED, Key.SEQ),
    FAILED(false, Key.ENDED, Key.SEQ),
    UNKNOWN(false, Key.ENDED, Key.SEQ),
    CANCELLED(false, Key.ENDED, Key.SEQ);

    /** A sort key: SQL of its value, and the parameter with the value of the last job shown. */
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

    /** The name in the table and in JSON. */
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

    /** SQL after ORDER BY. */
    String order() {
        return keys.stream().map(key -> ascending ? key.sql : key.sql + " DESC").collect(Collectors.joining(", "));
    }

    /** SQL condition for jobs after a position. */
    String behind() {
        return "(%s) %s (%s)"
                .formatted(
                        keys.stream().map(key -> key.sql).collect(Collectors.joining(", ")),
                        ascending ? ">" : "<",
                        keys.stream().map(key -> key.parameter).collect(Collectors.joining(", ")));
    }

    /** @throws IllegalArgumentException with a message that may be shown to clients */
    static JobState read(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of " + WORDS));
    }
}
