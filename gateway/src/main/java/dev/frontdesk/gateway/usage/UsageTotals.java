package dev.frontdesk.gateway.usage;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Sums of the requests of each account or each API key over several hours and days. */
final class UsageTotals {

    private static final Comparator<OfSubject> MOST_FIRST = Comparator.<OfSubject>comparingLong(
                    it -> it.count().requests())
            .reversed()
            .thenComparing(OfSubject::id);

    /** Further ones are added up: a range of many days may have several times as many as an hour. */
    static final int MOST = 20_000;

    private final String kind;
    private final Map<String, RequestCount> byId = new HashMap<>();

    /** @param kind {@link UsageSubject#ACCOUNTS} or {@link UsageSubject#API_KEYS} */
    UsageTotals(String kind) {
        this.kind = kind;
    }

    record OfSubject(String id, RequestCount count) {}

    /**
     * @param most those with most requests
     * @param others all others together
     */
    record Ranking(List<OfSubject> most, RequestCount others) {}

    /** @param fields of an hour or a day, see {@code add_usage.lua} */
    void add(Map<String, String> fields) {
        fields.forEach((field, number) -> {
            if (field.startsWith(kind)) {
                add(field.substring(kind.length()), Long.parseLong(number));
            }
        });
    }

    private void add(String subject, long number) {
        boolean refused = subject.endsWith(UsageSubject.REFUSED);
        String id = refused ? subject.substring(0, subject.length() - UsageSubject.REFUSED.length()) : subject;
        byId.merge(
                byId.size() < MOST || byId.containsKey(id) ? id : UsageSubject.OTHERS,
                refused ? new RequestCount(0, number) : new RequestCount(number, 0),
                RequestCount::plus);
    }

    /** Sorts only the first ones: there may be some hundred thousand. */
    Ranking ranking(int most) {
        var first = new PriorityQueue<>(MOST_FIRST.reversed());
        long requests = 0;
        long refused = 0;
        for (var subject : byId.entrySet()) {
            OfSubject left = null;
            if (subject.getKey().equals(UsageSubject.OTHERS)) {
                left = new OfSubject(subject.getKey(), subject.getValue());
            } else {
                first.add(new OfSubject(subject.getKey(), subject.getValue()));
                left = first.size() > most ? first.poll() : null;
            }
            if (left != null) {
                requests += left.count().requests();
                refused += left.count().refused();
            }
        }
        return new Ranking(first.stream().sorted(MOST_FIRST).toList(), new RequestCount(requests, refused));
    }
}
