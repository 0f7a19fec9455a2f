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
 * Guards the requests of one connection, from their first byte to the last byte of their responses. A request that
 * can't be parsed, or could be parsed in two ways, is rejected here, in the format of all other errors, and the
 * connection is closed. A response that is sent before its request is complete also ends the connection
 * ({@link FinalResponse}): the rest of the request is not read. Allocates nothing for a request that arrives in one
 * piece; starts a timer only for other requests.
 */
final class ConnectionGuard {

    private final ConnectionProperties properties;
    private final Refusals refusals;
    private final Requests requests = new Requests();
    private final DeferredResponse held = new DeferredResponse();
    private final Deadline deadline = new Deadline();
    private final FinalResponse last;
    private final RequestProgress progress = new RequestProgress();

    /** Received bytes are being decoded: more of the request may already be here. */
    private boolean decoding;

    /** Further input is ignored. */
    private boolean deaf;

    /** No request will follow the pending ones. */
    private boolean lastRequest;

    /** The client has closed its own side. */
    private boolean halfClosed;

    /** The connection is now a WebSocket. */
    private boolean upgraded;

    /** The refusal to send once only {@code answersBefore} responses are pending. */
    private @Nullable Refusal refusal;

    private int answersBefore;

    ConnectionGuard(ConnectionProperties properties, Refusals refusals) {
        this.properties = properties;
        this.refusals = refusals;
        this.last = new FinalResponse(properties);
    }

    void addTo(ChannelPipeline pipeline) {
        pipeline.addBefore(NettyPipeline.HttpCodec, "frontdesk.bytes", new Bytes());
        // The requests handler is in front of the traffic handler, which answers input that can't be decoded. The
        // answers handler is behind it, so that the traffic handler can still close the connection of a response.
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

    /**
     * Bypasses the handlers that count responses: they do not know the request, or wait for a different response to it.
     */
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

    private void bodyIsLate(ChannelHandlerContext context) {
        if (progress.hasMoved()) {
            deadline.restart(context, properties.bodyWithin(), () -> bodyIsLate(context));
        } else {
            context.close();
        }
    }

    /** Handles received bytes. */
    private final class Bytes extends ChannelDuplexHandler {

        /**
         * Reactor Netty reads on between two requests; Netty's epoll transport fails if the input is already closed.
         */
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
                    deadline.start(context, properties.bodyWithin(), () -> bodyIsLate(context));
                } else if (progress.isInHead()) {
                    deadline.start(context, properties.headWithin(), () -> headIsLate(context));
                }
            }
            context.fireChannelReadComplete();
        }

        /** The client has closed its side. It may still wait for a response, but sends nothing more. */
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

    /** Handles decoded requests. */
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

    /** Handles the responses of the service. */
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

        /**
         * If a response was sent before its request was complete, the connection stays open until the client can read
         * the response.
         */
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
