package dev.frontdesk.notification.templates;

import java.util.Locale;

/** The one rule by which names of kinds are compared, of notifications and of mails. */
public final class KindName {

    private KindName() {}

    /** {@code ORDER_SHIPPED}, {@code order_shipped} and {@code order-shipped} are one kind, {@code order-shipped}. */
    public static String canonical(String kind) {
        return kind.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
