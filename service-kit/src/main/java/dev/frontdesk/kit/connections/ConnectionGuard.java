package dev.frontdesk.kit.connections;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * One connection's requests, from their bytes to the last byte of their answers. What can't be read, or could be read in two
 * ways, is refused here, in the form of every other error, and the connection ends. An answer that comes before its request
 * is complete ends the connection too ({@link FinalResponse}): what is left of the request is not read. Allocates nothing
 * for a
 * request that comes in one piece; a timer starts when one does not.
 */
@SuppressWarnings("FutureReturnValueIgnored") // The caller's promise says it; a close ends in channelInactive.
final class ConnectionGuard {

    private final ConnectionProperties properties;
    private final Refusals refusals;
    private final Requests requests = new Requests();
    private final DeferredResponse held = new DeferredResponse();
    private final Deadline deadline = new Deadline();
    private final FinalResponse last;
    private final RequestProgress progress = new RequestProgress();

    /** Inside the decoding of what was just read: more of the request may be here already. */
    private boolean decoding;

    /** Nothing that still comes is looked at. */
    private boolean deaf;

    /** No request can follow those that are pending. */
    private boolean lastRequest;

    /** The client has closed its own side. */
    private boolean halfClosed;

    /** A WebSocket now. */
    private boolean upgraded;

    /** What to answer once so many answers are left to give. */
    private @Nullable Refusal refusal;

    private int answersBefore;

    ConnectionGuard(ConnectionProperties properties, Refusals refusals) {
        this.properties = properties;
        this.refusals = refusals;
        this.last = new FinalResponse(properties);
    }

    void addTo(ChannelPipeline pipeline) {
        pipeline.addBefore(NettyPipeline.HttpCodec, "frontdesk.bytes", new Bytes());
        // In front of the handler that answers what can't be decoded, and behind it for the answers that it may still
        // close.
        pipeline.addBefore(NettyPipeline.HttpTrafficHandler, "frontdesk.requests", requests);
        pipeline.addAfter(NettyPipeline.HttpTrafficHandler, "frontdesk.answers", new Answers());
    }

    private boolean isLastAnswer() {
        return lastRequest && progress.pending() == 1;
    }

    private void refuse(ChannelHandlerContext context, Refusal why) {
        deaf = true;
        deadline.cancel();
        refusal = why;
        answersBefore = progress.isInBody() ? 1 : 0;
        if (progress.pending() == answersBefore) {
            writeRefusal(context);
        }
    }

    /** From behind the handlers that count answers: they know of no such request, or wait for another answer to it. */
    private void writeRefusal(ChannelHandlerContext context) {
        if (refusal == null || last.isGiven()) {
            return;
        }
        if (progress.isAnswering()) {
            context.close();
            return;
        }
        last.give(requests.context(), refusals.answer(refusal));
    }

    private void waitForAnswer(ChannelHandlerContext context) {
        deadline.restart(context, properties.halfClosedWithin(), context::close);
    }

    private void headIsLate(ChannelHandlerContext context) {
        if (progress.pending() == 0) {
            refuse(context, Refusal.slowHead());
        } else {
            deaf = true;
            lastRequest = true;
        }
    }

    /** What comes off the wire. */
    private final class Bytes extends ChannelDuplexHandler {

        /** Reactor Netty asks for more between two requests; Netty's epoll fails where there can be nothing more. */
        @Override
        public void read(ChannelHandlerContext context) {
            if (!halfClosed) {
                context.read();
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (upgraded || !(message instanceof ByteBuf bytes)) {
                context.fireChannelRead(message);
                return;
            }
            if (deaf || last.isGiven()) {
                last.discard(context.channel(), bytes);
                return;
            }
            if (!progress.receive(bytes.readableBytes(), properties.aheadBytes().toBytes())) {
                bytes.release();
                context.close();
                return;
            }
            decoding = true;
            try {
                context.fireChannelRead(message);
            } finally {
                decoding = false;
                held.release(ConnectionGuard.this::begin);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            if (!upgraded && !deaf && !last.isGiven()) {
                if (progress.isInBody()) {
                    deadline.start(context, properties.bodyWithin(), context::close);
                } else if (progress.isInHead()) {
                    deadline.start(context, properties.headWithin(), () -> headIsLate(context));
                }
            }
            context.fireChannelReadComplete();
        }

        /** The client has closed its own side. It may wait for an answer still; nothing else can come of it. */
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (!(event instanceof ChannelInputShutdownEvent)) {
                context.fireUserEventTriggered(event);
            } else if (upgraded || progress.isInBody() || progress.pending() == 0 || last.isGiven()) {
                context.close();
            } else {
                deaf = true;
                lastRequest = true;
                context.channel().config().setAutoRead(false);
                halfClosed = true;
                waitForAnswer(context);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            deadline.cancel();
            last.over();
            held.drop();
            context.fireChannelInactive();
        }
    }

    /** What the codec made of it. */
    private final class Requests extends ChannelInboundHandlerAdapter {

        private @Nullable ChannelHandlerContext context;

        ChannelHandlerContext context() {
            if (context == null) {
                throw new IllegalStateException("Not in a pipeline");
            }
            return context;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            this.context = context;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (upgraded || !(message instanceof HttpObject object)) {
                context.fireChannelRead(message);
                return;
            }
            Refusal why = deaf ? null : refusalOf(object);
            if (why != null) {
                refuse(context, why);
            }
            if (deaf) {
                ReferenceCountUtil.release(message);
                return;
            }
            if (progress.count(object)) {
                deadline.cancel();
            }
            context.fireChannelRead(message);
        }

        private @Nullable Refusal refusalOf(HttpObject object) {
            DecoderResult decoded = object.decoderResult();
            if (decoded.isFailure()) {
                return Refusal.of(decoded.cause(), object);
            }
            return object instanceof HttpRequest request ? RequestRules.refuse(request) : null;
        }
    }

    /** What the service answers. */
    private final class Answers extends ChannelOutboundHandlerAdapter {

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (upgraded || !(message instanceof HttpObject)) {
                context.write(message, promise);
            } else if (last.isGiven()) {
                ReferenceCountUtil.release(message);
                promise.trySuccess();
            } else if (held.isHolding() || (isFinal(message) && decoding && progress.isUnfinished())) {
                held.hold(context, message, promise);
            } else {
                begin(context, message, promise);
            }
        }

        /** A connection whose last answer has come too early is not closed before its client could read the answer. */
        @Override
        public void close(ChannelHandlerContext context, ChannelPromise promise) {
            if (upgraded || !last.mayLinger()) {
                context.close(promise);
            } else {
                last.linger(context, promise);
            }
        }
    }

    private static boolean isFinal(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() != HttpStatusClass.INFORMATIONAL;
    }

    private void begin(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response && !isFinal(message)) {
            upgraded = response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
            context.write(message, promise);
            return;
        }
        if (message instanceof HttpResponse response) {
            progress.answerBegins();
            if (progress.isUnfinished()) {
                last.isEarly();
            }
            if (progress.isUnfinished() || isLastAnswer()) {
                HttpUtil.setKeepAlive(response, false);
            }
        }
        if (!(message instanceof LastHttpContent)) {
            context.write(message, promise);
            return;
        }
        ChannelPromise written = isLastAnswer() ? promise.unvoid() : promise;
        context.write(message, written);
        if (isLastAnswer()) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
        answered(context);
    }

    private void answered(ChannelHandlerContext context) {
        progress.answerEnds();
        if (last.mayLinger()) {
            deaf = true;
            deadline.cancel();
        } else if (refusal != null && progress.pending() == answersBefore) {
            writeRefusal(context);
        } else if (halfClosed) {
            waitForAnswer(context);
        }
    }
}
