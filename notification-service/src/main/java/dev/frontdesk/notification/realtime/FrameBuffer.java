package dev.frontdesk.notification.realtime;

import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;

/**
 * The frames that wait for a slow client. Bounded in number and in size, since applications decide how long frames are.
 */
final class FrameBuffer {

    private final int most;
    private final long mostCharacters;
    private final Runnable overflow;
    private final AtomicLong characters = new AtomicLong();

    /**
     * @param overflow called when the backlog is full; the frame is dropped, and the client can read it from the
     *     history later
     */
    FrameBuffer(int most, long mostCharacters, Runnable overflow) {
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
