package dev.frontdesk.gateway.limiter;

import java.util.List;

/**
 * The counters of this gateway for an outage of Redis. Each bounds how many subjects it keeps: a flood of addresses, or of
 * subjects that applications name, must not evict the others.
 *
 * @param subjects accounts, API keys and tenants
 */
record OutageCounters(LocalCounters subjects, LocalCounters addresses, LocalCounters custom) {

    LocalCounters of(Subject subject) {
        return switch (subject.kind()) {
            case ACCOUNT, API_KEY, TENANT -> subjects;
            case ADDRESS -> addresses;
            case CUSTOM -> custom;
        };
    }

    List<LocalCounters> all() {
        return List.of(subjects, addresses, custom);
    }
}
