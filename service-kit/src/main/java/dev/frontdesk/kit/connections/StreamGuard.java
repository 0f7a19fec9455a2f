package dev.frontdesk.kit.connections;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2FrameStreamEvent;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.Http2WindowUpdateFrame;
import io.netty.handler.codec.http2.HttpConversionUtil;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.NettyPipeline;

/**
 * Guards the requests of one HTTP/2 connection, as {@link ConnectionGuard} does for HTTP/1.1; each request has a stream
 * of its own there. A request that Netty's decoder accepts, but another server could read differently, is refused. A
 * stream whose response ends before its request is reset without an error, so that the client stops sending (RFC 9113,
 * section 8.1). Streams whose client is too slow are canceled, and connections without streams are closed after a while.
 * The decoder itself bounds the size of headers and the numbers of streams, resets and CONTINUATION frames.
 */
final class StreamGuard extends ChannelDuplexHandler {

    private static final Logger log = LoggerFactory.getLogger(StreamGuard.class);
    private static final String NAME = "frontdesk.streams";

    private final ConnectionProperties properties;
    private final Refusals refusals;
    private final TargetRewrite targets;

    /** Null if connections may be idle forever. */
    private final @Nullable Duration idle;

    private final Map<Http2FrameStream, StreamProgress> streams = new HashMap<>();
    private final Deadline nextCheck = new Deadline();
    private final Deadline idleCheck = new Deadline();
    private long idleSince = System.nanoTime();

    private StreamGuard(
            ConnectionProperties properties, Refusals refusals, TargetRewrite targets, @Nullable Duration idle) {
        this.properties = properties;
        this.refusals = refusals;
        this.targets = targets;
        this.idle = idle;
    }

    static void addTo(
            ChannelPipeline pipeline, ConnectionProperties properties, Refusals refusals, TargetRewrite targets) {
        // A client that has closed its side can't take part in HTTP/2 anymore: there, both sides always send.
        pipeline.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
        pipeline.addBefore(
                NettyPipeline.H2MultiplexHandler,
                NAME,
                new StreamGuard(properties, refusals, targets, replacedIdleTimeout(pipeline)));
    }

    /** Reactor Netty's own idle timeout would also break off a response that pauses for longer. */
    private static @Nullable Duration replacedIdleTimeout(ChannelPipeline pipeline) {
        if (pipeline.get(NettyPipeline.IdleTimeoutHandler) instanceof IdleStateHandler timeout) {
            pipeline.remove(timeout);
            return Duration.ofMillis(timeout.getAllIdleTimeInMillis());
        }
        return null;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        awaitIdle(context, idle);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        nextCheck.cancel();
        idleCheck.cancel();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        nextCheck.cancel();
        idleCheck.cancel();
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        switch (message) {
            case Http2HeadersFrame frame when !streams.containsKey(frame.stream()) -> begin(context, frame);
            case Http2HeadersFrame frame -> proceed(context, frame, frame.stream(), frame.isEndStream());
            case Http2DataFrame frame -> {
                StreamProgress progress = streams.get(frame.stream());
                if (progress != null) {
                    progress.receives(frame.initialFlowControlledBytes());
                }
                proceed(context, frame, frame.stream(), frame.isEndStream());
            }
            case Http2WindowUpdateFrame frame -> {
                StreamProgress progress = streams.get(frame.stream());
                if (progress != null) {
                    progress.allows(frame.windowSizeIncrement());
                }
                context.fireChannelRead(frame);
            }
            default -> context.fireChannelRead(message);
        }
    }

    private void begin(ChannelHandlerContext context, Http2HeadersFrame frame) {
        Http2Headers headers = frame.headers();
        Refusal why = StreamRules.refuse(headers);
        var progress = new StreamProgress();
        streams.put(frame.stream(), progress);
        if (frame.isEndStream()) {
            progress.requestEnds();
        }
        nextCheck.start(context, checkInterval(), () -> check(context));
        if (why != null) {
            ReferenceCountUtil.release(frame);
            refuse(context, frame.stream(), why);
            return;
        }
        headers.path(targets.rewrite(headers.path().toString()));
        // The same as :authority, if both are sent; as two Host headers it would be ambiguous.
        if (headers.authority() != null) {
            headers.remove(StreamRules.HOST);
        }
        context.fireChannelRead(frame);
    }

    private void proceed(ChannelHandlerContext context, Object frame, Http2FrameStream stream, boolean ends) {
        StreamProgress progress = streams.get(stream);
        if (progress != null && ends) {
            progress.requestEnds();
        }
        context.fireChannelRead(frame);
    }

    private void refuse(ChannelHandlerContext context, Http2FrameStream stream, Refusal why) {
        FullHttpResponse answer = refusals.answer(why);
        context.write(new DefaultHttp2HeadersFrame(HttpConversionUtil.toHttp2Headers(answer, true)).stream(stream));
        ChannelPromise written = context.newPromise();
        end(context, stream, written);
        context.writeAndFlush(new DefaultHttp2DataFrame(answer.content(), true).stream(stream), written);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        Http2FrameStream ending = switch (message) {
            case Http2HeadersFrame frame when frame.isEndStream() -> frame.stream();
            case Http2DataFrame frame when frame.isEndStream() -> frame.stream();
            default -> null;
        };
        if (ending == null) {
            context.write(message, promise);
        } else {
            ChannelPromise written = promise.unvoid();
            end(context, ending, written);
            context.write(message, written);
        }
    }

    /** Not before the end of the response is sent: a reset would discard it. */
    private void end(ChannelHandlerContext context, Http2FrameStream stream, ChannelPromise written) {
        StreamProgress progress = streams.get(stream);
        if (progress == null) {
            return;
        }
        progress.answerEnds();
        if (progress.isAnsweredEarly()) {
            written.addListener((ChannelFutureListener) sent -> {
                if (sent.isSuccess() && progress.isAnsweredEarly()) {
                    reset(context, stream, Http2Error.NO_ERROR);
                }
            });
        }
    }

    private static void reset(ChannelHandlerContext context, Http2FrameStream stream, Http2Error why) {
        context.writeAndFlush(new DefaultHttp2ResetFrame(why).stream(stream));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof Http2FrameStreamEvent change
                && change.type() == Http2FrameStreamEvent.Type.State
                && change.stream().state() == Http2Stream.State.CLOSED
                && streams.remove(change.stream()) != null
                && streams.isEmpty()) {
            idleSince = System.nanoTime();
        }
        context.fireUserEventTriggered(event);
    }

    /** A client causes these errors. Netty sends GOAWAY for those of a connection, but leaves those of a stream to us. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        switch (cause) {
            case Http2FrameStreamException error -> reset(context, error.stream(), error.error());
            case Http2Exception _ -> {}
            case IOException _, DecoderException _ -> context.close();
            default -> context.fireExceptionCaught(cause);
        }
        log.debug("HTTP/2 error: {}", cause.toString());
    }

    private Duration checkInterval() {
        return properties.bodyWithin().dividedBy(4);
    }

    private void check(ChannelHandlerContext context) {
        nextCheck.cancel();
        Http2Connection connection =
                context.pipeline().get(Http2FrameCodec.class).connection();
        Http2RemoteFlowController flow = connection.remote().flowController();
        streams.forEach((stream, progress) -> {
            Http2Stream open = connection.stream(stream.id());
            if (open != null) {
                progress.hasLeft(flow.initialWindowSize(), flow.windowSize(open));
            }
        });
        // A copy: a reset removes its stream.
        List.copyOf(streams.keySet()).stream()
                .filter(stream -> isLate(streams.get(stream)))
                .forEach(late -> reset(context, late, Http2Error.CANCEL));
        if (!streams.isEmpty()) {
            nextCheck.start(context, checkInterval(), () -> check(context));
        }
    }

    private boolean isLate(@Nullable StreamProgress progress) {
        return progress != null && progress.isLate(properties.bodyWithin());
    }

    private void awaitIdle(ChannelHandlerContext context, @Nullable Duration rest) {
        if (rest != null) {
            idleCheck.restart(context, rest, () -> closeIfIdle(context, rest));
        }
    }

    private void closeIfIdle(ChannelHandlerContext context, Duration waited) {
        Duration limit = idle == null ? waited : idle;
        Duration rest = streams.isEmpty() ? limit.minusNanos(System.nanoTime() - idleSince) : limit;
        if (streams.isEmpty() && !rest.isPositive()) {
            context.close();
        } else {
            awaitIdle(context, rest.plusMillis(1));
        }
    }
}
