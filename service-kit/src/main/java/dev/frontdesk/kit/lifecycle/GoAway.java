package dev.frontdesk.kit.lifecycle;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameStreamEvent;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Asks the client of an HTTP/2 connection to open another one for its next request, with the first response of a
 * draining instance (RFC 9113, section 6.8). Requests that were sent before the client knows are still answered: the
 * connection is closed only when it has had no request for a while.
 */
final class GoAway extends ChannelDuplexHandler {

    /** Longer than a round trip, so that no request is on its way when the connection is closed. */
    private static final Duration WITHOUT_REQUESTS = Duration.ofSeconds(1);

    private final ShutdownSignal shutdown;
    private final Http2FrameCodec codec;
    private boolean sent;

    GoAway(ShutdownSignal shutdown, Http2FrameCodec codec) {
        this.shutdown = shutdown;
        this.codec = codec;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        context.write(message, promise);
        if (!sent && message instanceof Http2HeadersFrame && shutdown.isReceived()) {
            sent = true;
            var goAway = new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR);
            goAway.setExtraStreamIds(Integer.MAX_VALUE);
            context.write(goAway);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        context.fireUserEventTriggered(event);
        if (sent && event instanceof Http2FrameStreamEvent && hasNoRequest()) {
            context.executor()
                    .schedule(() -> closeWithoutRequest(context), WITHOUT_REQUESTS.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void closeWithoutRequest(ChannelHandlerContext context) {
        if (hasNoRequest()) {
            context.close();
        }
    }

    private boolean hasNoRequest() {
        return codec.connection().numActiveStreams() == 0;
    }
}
