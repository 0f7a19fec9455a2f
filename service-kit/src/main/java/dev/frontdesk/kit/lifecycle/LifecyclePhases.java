package dev.frontdesk.kit.lifecycle;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/** The order in which a service starts and stops: what starts last stops first. */
public final class LifecyclePhases {

    /** Stops first, while the web server still serves: asks clients to connect elsewhere. */
    public static final int DRAIN = SmartLifecycle.DEFAULT_PHASE;

    /**
     * Background work (consumers, relays, workers, subscriptions): starts before the first request can arrive, and
     * stops after the last one is answered. The management server for probes stops earlier, when the last request has
     * ended.
     */
    public static final int BACKGROUND = WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1024;

    private LifecyclePhases() {}
}
