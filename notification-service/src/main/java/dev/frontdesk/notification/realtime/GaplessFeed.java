package dev.frontdesk.notification.realtime;

import dev.frontdesk.notification.notifications.Frame;
import java.util.List;
import java.util.OptionalLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The frames of one socket: each number once and none left out, whatever the channel loses or repeats. A live frame goes
 * out as it is when it is the next one; whenever one is missing, all after the last are read from the history.
 */
final class GaplessFeed {

    /** Where frames are kept. */
    interface History {

        /** The oldest frames after a number, at most {@link #PAGE}, in order. */
        Mono<List<Frame>> after(long seq);

        /** The number of the newest frame; 0 when there is none. */
        Mono<Long> last();
    }

    static final int PAGE = 100;

    /** How many a client gets that does not say where it stopped. */
    static final int NEWEST = 100;

    private final History history;
    private final OptionalLong resumeAfter;

    /** The last number that was handed on; signals are worked one after the other, so nobody else is at it. */
    private long last = -1;

    /** @param resumeAfter the last number that the client has */
    GaplessFeed(History history, OptionalLong resumeAfter) {
        this.history = history;
        this.resumeAfter = resumeAfter;
    }

    /** @param signals begins with {@link ChannelSignal.Subscribed} */
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

    /** A client can't have more than there is: one that says so would never hear of what comes next. */
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
