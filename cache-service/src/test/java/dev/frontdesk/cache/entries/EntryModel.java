package dev.frontdesk.cache.entries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the entries of one namespace of one owner must be, by the times at which requests were sent and answered. */
final class EntryModel {

    /** How much later than asked for Redis may delete an entry. */
    private static final long LATE_MS = 100;

    private final Map<String, Expected> entries = new HashMap<>();

    /**
     * @param there until when it must be there, in ms
     * @param gone from when it must not
     */
    record Expected(String value, Set<String> tags, long there, long gone) {}

    /** When a request was sent and answered, in ms. */
    record Span(long sent, long answered) {}

    void put(String key, String value, Set<String> tags, int ttlSeconds, Span span) {
        long ttl = ttlSeconds * 1000L;
        entries.put(key, new Expected(value, tags, span.sent() + ttl, span.answered() + ttl + LATE_MS));
    }

    /** Puts another value with the same time to live. */
    void change(String key, String value) {
        entries.computeIfPresent(key, (_, old) -> new Expected(value, old.tags(), old.there(), old.gone()));
    }

    void expire(String key, int ttlSeconds, Span span) {
        Expected old = entries.get(key);
        if (old != null) {
            put(key, old.value(), old.tags(), ttlSeconds, span);
        }
    }

    void remove(Predicate<String> keys) {
        entries.keySet().removeIf(keys);
    }

    void removeTagged(Set<String> tags) {
        entries.values().removeIf(entry -> entry.tags().stream().anyMatch(tags::contains));
    }

    /** @param seen null if there was none */
    void check(String key, @Nullable String seen, Span span) {
        checkIsThere(key, seen != null, span);
        if (seen != null) {
            assertThat(seen).isEqualTo(value(key));
        }
    }

    void checkIsThere(String key, boolean isThere, Span span) {
        Expected expected = entries.get(key);
        if (isThere) {
            assertThat(expected).as("what should be there").isNotNull();
            assertThat(span.sent()).as("sent before it expired").isLessThan(expected.gone());
        } else if (expected != null) {
            assertThat(span.answered()).as("answered after it expired").isGreaterThanOrEqualTo(expected.there());
            entries.remove(key);
        }
    }

    @Nullable String value(String key) {
        Expected expected = entries.get(key);
        return expected == null ? null : expected.value();
    }

    long surely(Predicate<String> keys, Span span) {
        return entries.entrySet().stream()
                .filter(it -> keys.test(it.getKey()) && it.getValue().there() > span.answered())
                .count();
    }

    long perhaps(Predicate<String> keys, Span span) {
        return entries.entrySet().stream()
                .filter(it -> keys.test(it.getKey()) && it.getValue().gone() > span.sent())
                .count();
    }
}
