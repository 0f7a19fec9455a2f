package dev.frontdesk.notification.realtime;

import dev.frontdesk.notification.notifications.Frame;
import java.util.List;
import java.util.OptionalLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The frames of one socket: each number exactly once, without gaps, even if the channel loses or repeats frames. A live
 * frame with the next number is passed on directly. When a number is missing, all frames after the last one are read
 * from the history.
 */
final class GaplessFeed {

    /** The stored frames of an account. */
    interface History {

        /** The oldest frames after a number, at most {@link #PAGE}, in order. */
        Mono<List<Frame>> after(long seq);

        /** The number of the newest frame; 0 when there is none. */
        Mono<Long> last();
    }

    static final int PAGE = 100;

    /** How many of the newest frames a client gets if it sends no last seq. */
    static final int NEWEST = 100;

    private final History history;
    private final OptionalLong resumeAfter;

    /**
     * The number of the last frame that was passed on. Signals are processed one after the other, so there is no
     * concurrent access.
     */
    private long last = -1;

    /** @param resumeAfter the number of the last frame that the client has */
    GaplessFeed(History history, OptionalLong resumeAfter) {
        this.history = history;
        this.resumeAfter = resumeAfter;
    }

    /** @param signals the first one is {@link ChannelSignal.Subscribed} */
    Flux<Frame> frames(Flux<ChannelSignal> signals) {
        return signals.concatMap(this::framesFor, 1);
    }

    private Flux<Frame> framesFor(ChannelSignal channelSignal) {
        return switch (channelSignal) {
            case ChannelSignal.Subscribed _ when last < 0 -> position().thenMany(missing());
            case ChannelSignal.Subscribed _ -> missing();
            case ChannelSignal.Live(Frame frame) when frame.seq() <= last -> Flux.empty();
            case ChannelSignal.Live(Frame frame)
            when frame.seq() == last + 1 -> {
                last = frame.seq();
                yield Flux.just(frame);
            }
            case ChannelSignal.Live _ -> missing();
        };
    }

    /**
     * The last seq of a client is capped at the newest number: with a higher one, the client would not receive the next
     * frames.
     */
    private Mono<Void> position() {
        return history.last()
                .doOnNext(newest -> last = Math.min(newest, resumeAfter.orElse(Math.max(0, newest - NEWEST))))
                .then();
    }

    private Flux<Frame> missing() {
        return Mono.defer(() -> history.after(last))
                .doOnNext(page -> last = page.isEmpty() ? last : page.getLast().seq())
                .repeat()
                .takeUntil(page -> page.size() < PAGE)
                .concatMapIterable(page -> page, 1);
    }
}
