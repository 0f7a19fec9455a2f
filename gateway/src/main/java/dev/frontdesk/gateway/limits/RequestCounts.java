package dev.frontdesk.gateway.limits;

import dev.frontdesk.kit.identity.Caller;

/** Counts the requests of API keys and accounts, for the overview of a tenant's use. Called for every such request. */
public interface RequestCounts {

    /**
     * @param caller an API key or an account
     * @param refused whether a limit has refused the request
     */
    void add(Caller caller, boolean refused);
}
