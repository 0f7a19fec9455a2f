package dev.frontdesk.contracts.apikeys;

import java.util.Locale;
import java.util.Optional;

/**
 * What an API key may do in one area of the API, written {@code cache:write}. {@code write} includes {@code read}, and
 * {@code administer} includes both.
 */
public record Scope(Area area, Action action) implements Comparable<Scope> {

    /** A part of the API. The permission table says which endpoint is in which. */
    public enum Area {
        /** Accounts, their sessions and pending registrations, as operators see them. */
        ACCOUNTS,
        ANALYTICS,
        API_KEYS,
        /** The application behind the gateway, as its routes say. */
        APPLICATION,
        /** Security events. */
        AUDIT,
        CACHE,
        DEAD_LETTERS,
        /** Mails and their templates. */
        EMAILS,
        /** What tokens of the tenant stand for. */
        INTROSPECTION,
        /** Queues and their jobs. */
        JOBS,
        /** Limits that an application sets for subjects of its own. */
        LIMITS,
        LOCKS,
        NOTIFICATIONS,
        /** The account of a user whose session is sent together with the key. */
        PROFILE,
        REPORTS,
        /** The sessions of a user whose session is sent together with the key. */
        SESSIONS,
        /** How many requests the tenant, its accounts and its API keys have made. */
        USAGE,
        WEBHOOKS
    }

    /** Each one includes those before it. */
    public enum Action {
        READ,
        WRITE,
        ADMINISTER
    }

    private static final char SEPARATOR = ':';

    /** Empty for a scope that this version does not know. */
    public static Optional<Scope> parse(String text) {
        for (Area area : Area.values()) {
            for (Action action : Action.values()) {
                var scope = new Scope(area, action);
                if (scope.text().equals(text)) {
                    return Optional.of(scope);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a key with this scope may also do what the other one allows. */
    public boolean includes(Scope other) {
        return area == other.area && action.compareTo(other.action) >= 0;
    }

    /** For example {@code dead-letters:read}. */
    public String text() {
        return word(area) + SEPARATOR + word(action);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public int compareTo(Scope other) {
        return text().compareTo(other.text());
    }

    @Override
    public String toString() {
        return text();
    }
}
