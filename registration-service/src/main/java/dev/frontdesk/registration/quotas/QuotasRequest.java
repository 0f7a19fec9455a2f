package dev.frontdesk.registration.quotas;

import dev.frontdesk.contracts.tenants.Quotas;
import dev.frontdesk.kit.web.FieldReader;
import org.jspecify.annotations.Nullable;

/** Quotas as a client writes them: an object of which each field may be missing. */
public record QuotasRequest(
        @Nullable Long perMinute,
        @Nullable Long perHour,
        @Nullable Long perDay) {

    /**
     * @param field the name of the object in the request
     * @param fields gets what is wrong; the result is valid only if that is nothing
     */
    public Quotas read(String field, FieldReader fields) {
        fields.range(field + ".per_minute", perMinute, 1, Quotas.MOST);
        fields.range(field + ".per_hour", perHour, 1, Quotas.MOST);
        fields.range(field + ".per_day", perDay, 1, Quotas.MOST);
        notBelow(field + ".per_hour", perHour, "per_minute", perMinute, fields);
        notBelow(field + ".per_day", perDay, "per_hour", perHour, fields);
        notBelow(field + ".per_day", perDay, "per_minute", perMinute, fields);
        return new Quotas(perMinute, perHour, perDay);
    }

    private static void notBelow(
            String field, @Nullable Long longer, String other, @Nullable Long shorter, FieldReader fields) {
        if (longer != null && shorter != null && longer < shorter) {
            fields.refuse(field, "must not be less than " + other);
        }
    }
}
