package dev.frontdesk.cache.entries;

import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Where reads of single entries get them from. */
public interface EntrySource {

    /**
     * An entry that was found.
     *
     * @param age how old the value is, if it is not what Redis has now or was loaded from an origin; else null
     * @param cacheStatus how it was found ({@code Cache-Status}, RFC 9211); null for an entry that Redis has
     */
    record Read(Held held, @Nullable Duration age, @Nullable String cacheStatus) {

        public static Read of(Held held) {
            return new Read(held, null, null);
        }
    }

    /**
     * Empty if there is none. Fails with a {@link ProblemException} if it is to be loaded from an origin and can't be, and as
     * {@link Entries#find} does.
     */
    Mono<Read> find(Owner owner, EntryName name);
}
