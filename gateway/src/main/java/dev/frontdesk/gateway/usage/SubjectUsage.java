package dev.frontdesk.gateway.usage;

import dev.frontdesk.gateway.limits.BoundState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The response about an account or an API key.
 *
 * @param bounds how it stands now
 * @param requestCount of the whole range, with the refused ones
 */
record SubjectUsage(
        UsageInterval interval,
        Instant from,
        Instant to,
        List<BoundState> bounds,
        long requestCount,
        long refusedCount,
        List<TenantUsage.Period> periods) {

    /** @param counts one for each period of the range */
    static SubjectUsage of(UsageRange range, List<RequestCount> counts, List<BoundState> bounds) {
        var beginnings = range.periods();
        var periods = new ArrayList<TenantUsage.Period>(counts.size());
        for (int i = 0; i < counts.size(); i++) {
            Instant from = beginnings.get(i);
            Instant to = from.plus(1, range.interval().unit());
            periods.add(new TenantUsage.Period(
                    from, to, counts.get(i).requests(), counts.get(i).refused()));
        }
        var sum = counts.stream().reduce(RequestCount.NONE, RequestCount::plus);
        return new SubjectUsage(
                range.interval(), range.from(), range.to(), bounds, sum.requests(), sum.refused(), periods);
    }
}
