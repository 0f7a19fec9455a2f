package dev.frontdesk.gateway.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.gateway.usage.UsageTotals.OfSubject;
import dev.frontdesk.gateway.usage.UsageTotals.Ranking;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsageTotalsTest {

    @Test
    void namesThoseWithMostRequestsAndAddsUpTheOthers() {
        var totals = new UsageTotals(UsageSubject.API_KEYS);
        totals.add(
                Map.of("tenant", "90", "subjects", "3", "api_key:a", "5", "api_key:a:refused", "2", "api_key:b", "9"));
        totals.add(Map.of("api_key:a", "5", "api_key:c", "1", "account:d", "70", "api_key:others", "4"));
        totals.add(Map.of("api_key:others:refused", "1", "api_key:e", "2"));

        assertThat(totals.ranking(2))
                .isEqualTo(new Ranking(
                        List.of(
                                new OfSubject("a", new RequestCount(10, 2)),
                                new OfSubject("b", new RequestCount(9, 0))),
                        new RequestCount(7, 1)));
        assertThat(new UsageTotals(UsageSubject.ACCOUNTS).ranking(2))
                .isEqualTo(new Ranking(List.of(), RequestCount.NONE));
    }

    @Test
    void addsUpWhatIsTooMuchToNameOneByOne() {
        var totals = new UsageTotals(UsageSubject.ACCOUNTS);
        var fields = new HashMap<String, String>();
        for (int i = 0; i < UsageTotals.MOST + 10; i++) {
            fields.put(UsageSubject.ACCOUNTS + i, "1");
        }
        totals.add(fields);

        var ranking = totals.ranking(100);

        assertThat(ranking.most()).hasSize(100);
        assertThat(ranking.others()).isEqualTo(new RequestCount(UsageTotals.MOST + 10 - 100, 0));
    }
}
