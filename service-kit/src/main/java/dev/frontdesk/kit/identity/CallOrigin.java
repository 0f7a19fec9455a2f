package dev.frontdesk.kit.identity;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * The call that caused the current work, carried in the context of the reactive chain. Used for an audit trail that is
 * written far from the handler.
 *
 * @param caller null for work that no call caused
 */
public record CallOrigin(@Nullable Caller caller, Origin origin) {

    private static final CallOrigin NONE = new CallOrigin(null, Origin.UNKNOWN);

    public static Mono<CallOrigin> current() {
        return Mono.deferContextual(context -> {
            Supplier<CallOrigin> origin = context.getOrDefault(CallOrigin.class, null);
            return Mono.just(origin == null ? NONE : origin.get());
        });
    }

    /** @param origin called when the origin is read: most requests need none */
    static Context in(Context context, Supplier<CallOrigin> origin) {
        return context.put(CallOrigin.class, origin);
    }
}
