package dev.frontdesk.cache.nearcache;

import dev.frontdesk.cache.entries.Held;
import java.time.Duration;

/**
 * A copy of an entry.
 *
 * @param held with the time that is left now
 * @param age since it was read
 * @param confirmed whether no change of it was announced since, or could have been missed
 */
public record NearEntry(Held held, Duration age, boolean confirmed) {}
