package dev.frontdesk.cache.origins;

import dev.frontdesk.cache.entries.Held;
import java.time.Duration;

/** How the loading of an entry ended. */
public sealed interface Outcome {

    /**
     * The entry that is current now.
     *
     * @param stored false if the tenant's quota is used up
     */
    record Found(Held held, boolean stored) implements Outcome {}

    /** The origin does not have it. */
    record Absent() implements Outcome {}

    /**
     * There is no current value.
     *
     * @param reason in words that the tenant may read, a continuation of "the origin"
     * @param timeout whether the origin did not answer in time
     * @param pause for how long it is not asked again
     */
    record Failed(String reason, boolean timeout, Duration pause) implements Outcome {}

    /** Too many reads of the tenant wait for origins. */
    record Busy() implements Outcome {}
}
