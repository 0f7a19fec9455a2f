package dev.frontdesk.registration.audit;

import dev.frontdesk.contracts.events.EventType;
import dev.frontdesk.contracts.events.Topics;
import dev.frontdesk.kit.web.KindName;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The kinds of entries in the trail: events of accounts, tenants, API keys, gateways and logins under their names, and kinds without an
 * event, named in the same way.
 */
final class SecurityEventKinds {

    /** A login with a wrong password, or with an address that has no account. */
    static final String SESSION_REFUSED = "session.refused";

    /** An operator deleted a pending sign-up. */
    static final String SIGN_UP_DELETED = "account.sign-up-deleted";

    private static final Set<String> TOPICS =
            Set.of(Topics.ACCOUNT_EVENTS, Topics.TENANT_EVENTS, Topics.API_KEY_EVENTS, Topics.GATEWAY_EVENTS);

    /** These events do nothing to an account. */
    private static final Set<EventType> NOT_IN_THE_TRAIL =
            EnumSet.of(EventType.VERIFICATION_REQUESTED, EventType.ADDRESS_ALREADY_REGISTERED);

    private static final Set<String> ALL = all();

    private SecurityEventKinds() {}

    static Set<String> values() {
        return ALL;
    }

    /** @throws IllegalArgumentException with a message that may be shown */
    static String read(String text) {
        if (!ALL.contains(KindName.read(text))) {
            throw new IllegalArgumentException("must be one of " + String.join(", ", ALL));
        }
        return text;
    }

    private static Set<String> all() {
        var all = Arrays.stream(EventType.values())
                .filter(type -> TOPICS.contains(type.topic()) && !NOT_IN_THE_TRAIL.contains(type))
                .map(EventType::fact)
                .collect(Collectors.toCollection(TreeSet::new));
        all.addAll(Set.of(EventType.SESSION_OPENED.fact(), SESSION_REFUSED, SIGN_UP_DELETED));
        return all;
    }
}
