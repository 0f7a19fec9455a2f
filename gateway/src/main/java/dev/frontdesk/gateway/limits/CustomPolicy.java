package dev.frontdesk.gateway.limits;

import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.gateway.limiter.Policy;
import dev.frontdesk.gateway.limiter.Policy.WithoutRedis;
import dev.frontdesk.kit.web.FieldReader;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The policy of an application, as a request says it; not checked yet. A field is null if the request does not have it.
 *
 * @param name together with the subject it names the counters, so that the policies of a subject are independent
 */
record CustomPolicy(
        @Nullable String name,
        @Nullable Long refill,
        @Nullable Long capacity,
        @Nullable Long perMinute,
        @Nullable Long perHour,
        @Nullable Long perDay,
        @Nullable String withoutRedis) {

    static final CustomPolicy EMPTY = new CustomPolicy(null, null, null, null, null, null, null);

    /** Requests. The counter stays until the bucket is full again, also if another check has a lower refill. */
    private static final int LARGEST_BUCKET = 1_000_000;

    private static final long SECONDS_OF_A_DAY = 86_400;
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    void check(FieldReader fields) {
        fields.required("policy.name", name, CustomPolicy::checkedName);
        fields.range("policy.refill", refill, 1, LARGEST_BUCKET);
        fields.range("policy.capacity", capacity, 1, LARGEST_BUCKET);
        fields.range("policy.per_minute", perMinute, 1, Quotas.MOST);
        fields.range("policy.per_hour", perHour, 1, Quotas.MOST);
        fields.range("policy.per_day", perDay, 1, Quotas.MOST);
        if (refill == null && capacity == null && perMinute == null && perHour == null && perDay == null) {
            fields.refuse("policy", "needs refill and capacity, per_minute, per_hour or per_day");
        }
        if (refill == null && capacity != null) {
            fields.refuse("policy.refill", "is required with capacity");
        }
        if (refill != null && (capacity == null || capacity < refill)) {
            fields.refuse("policy.capacity", "must be at least refill");
        }
        if (refill != null && capacity != null && capacity > refill * SECONDS_OF_A_DAY) {
            fields.refuse("policy.capacity", "must be at most what refill adds in a day");
        }
        fields.optional("policy.without_redis", withoutRedis, CustomPolicy::outageRule);
    }

    private static String checkedName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("must be 1 to 63 lower-case letters, digits and inner hyphens");
        }
        return name;
    }

    private static WithoutRedis outageRule(String text) {
        return Word.in(WithoutRedis.values(), text);
    }

    /** Only after {@link #check} has found no error. */
    Policy limits() {
        return new Policy(
                (int) orNone(refill),
                (int) orNone(capacity),
                orNone(perMinute),
                orNone(perHour),
                orNone(perDay),
                1,
                withoutRedis == null ? WithoutRedis.LOCAL : outageRule(withoutRedis),
                Policy.Mode.ENFORCE);
    }

    /** Of those that are valid. */
    long smallestLimit() {
        return Stream.of(capacity, perMinute, perHour, perDay)
                .filter(limit -> limit != null && limit >= 1 && limit <= Quotas.MOST)
                .mapToLong(limit -> limit)
                .min()
                .orElse(Quotas.MOST);
    }

    private static long orNone(@Nullable Long limit) {
        return limit == null ? 0 : limit;
    }
}
