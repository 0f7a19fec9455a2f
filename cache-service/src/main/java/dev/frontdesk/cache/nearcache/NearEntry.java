package dev.frontdesk.cache.nearcache;

import dev.frontdesk.cache.entries.Held;
import java.time.Duration;

/**
 * A copy of an entry.
 *
 * @param held with the time that is left now
 * @param age since it was read
 * @param unchanged whether no change of it was announced since
 * @param confirmed whether none could have been missed, either
 */
public record NearEntry(Held held, Duration age, boolean unchanged, boolean confirmed) {}
