package dev.frontdesk.kit.identity;

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
        return Mono.deferContextual(context ->
                Mono.just(context.<CallOrigin>getOrEmpty(CallOrigin.class).orElse(NONE)));
    }

    Context in(Context context) {
        return context.put(CallOrigin.class, this);
    }
}
