package dev.frontdesk.notification.realtime;

import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;

/** What waits for a slow reader, bounded in number and size: frames are as long as applications make them. */
final class Backlog {

    private final int most;
    private final long mostCharacters;
    private final Runnable overflow;
    private final AtomicLong characters = new AtomicLong();

    /** @param overflow is told when more would have to wait; what is too much is dropped, for the history to bring again */
    Backlog(int most, long mostCharacters, Runnable overflow) {
        this.most = most;
        this.mostCharacters = mostCharacters;
        this.overflow = overflow;
    }

    Flux<ChannelSignal> of(Flux<ChannelSignal> signals) {
        return signals.filter(this::fits)
                .onBackpressureBuffer(most, _ -> overflow.run())
                .doOnNext(channelSignal -> characters.addAndGet(-length(channelSignal)));
    }

    private boolean fits(ChannelSignal channelSignal) {
        if (characters.addAndGet(length(channelSignal)) <= mostCharacters) {
            return true;
        }
        overflow.run();
        return false;
    }

    private static long length(ChannelSignal channelSignal) {
        return channelSignal instanceof ChannelSignal.Live(var frame)
                ? frame.json().length()
                : 0;
    }
}
