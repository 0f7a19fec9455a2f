package dev.frontdesk.gateway.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2ChannelDuplexHandler;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A client of HTTP/2 that sends what no HTTP library would send. */
final class Http2Client implements AutoCloseable {

    /** What arrived on one stream. */
    static final class Answer {
        volatile @Nullable Http2Headers head;
        final StringBuffer body = new StringBuffer();
        volatile boolean ended;
        final AtomicLong reset = new AtomicLong(-1);

        int status() {
            Http2Headers arrived = head;
            return arrived == null ? 0 : Integer.parseInt(arrived.status().toString());
        }

        String header(String name) {
            Http2Headers arrived = head;
            CharSequence value = arrived == null ? null : arrived.get(name);
            return value == null ? "" : value.toString();
        }

        boolean isOver() {
            return ended || reset.get() >= 0;
        }
    }

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Map<Http2FrameStream, Answer> answers = new ConcurrentHashMap<>();
    private final CompletableFuture<Http2SettingsFrame> settings = new CompletableFuture<>();
    private final CompletableFuture<Long> goAway = new CompletableFuture<>();
    private final Frames frames = new Frames();
    private final Channel channel;
    private final boolean takes;
    private final Http2FrameCodec codec;

    Http2Client(int port, TestCertificates certificates) throws Exception {
        this(port, certificates, Http2CodecUtil.DEFAULT_WINDOW_SIZE);
    }

    /** @param window how much of a response the server may send, without more being taken */
    Http2Client(int port, TestCertificates certificates, int window) throws Exception {
        takes = window == Http2CodecUtil.DEFAULT_WINDOW_SIZE;
        codec = Http2FrameCodecBuilder.forClient()
                .validateHeaders(false)
                .encoderIgnoreMaxHeaderListSize(true)
                .initialSettings(Http2Settings.defaultSettings().initialWindowSize(window))
                .build();
        SslContext tls = SslContextBuilder.forClient()
                .trustManager(certificates.trustManager())
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        "h2"))
                .build();
        channel = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel created) {
                        created.pipeline().addLast(tls.newHandler(created.alloc(), "localhost", port), codec, frames);
                    }
                })
                .connect("localhost", port)
                .sync()
                .channel();
    }

    /** How much the server lets this connection send. */
    int window() {
        return codec.connection()
                .remote()
                .flowController()
                .windowSize(codec.connection().connectionStream());
    }

    static Http2Headers get(String path) {
        return new DefaultHttp2Headers(false)
                .method("GET")
                .scheme("https")
                .authority("localhost")
                .path(path);
    }

    static Http2Headers post(String path) {
        return get(path).method("POST").set("content-type", "application/json");
    }

    Http2FrameStream send(Http2Headers headers, boolean ends) {
        Http2FrameStream stream = frames.newStream();
        answers.put(stream, new Answer());
        channel.writeAndFlush(new DefaultHttp2HeadersFrame(headers, ends).stream(stream))
                .syncUninterruptibly();
        return stream;
    }

    void data(Http2FrameStream stream, String text, boolean ends) {
        channel.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.copiedBuffer(text, UTF_8), ends).stream(stream));
    }

    void trailers(Http2FrameStream stream, Map<String, String> fields) {
        Http2Headers trailers = new DefaultHttp2Headers(false);
        fields.forEach(trailers::add);
        channel.writeAndFlush(new DefaultHttp2HeadersFrame(trailers, true).stream(stream));
    }

    /** Takes a part of a response that has arrived, so that the server may send more. */
    void take(Http2FrameStream stream, int bytes) {
        channel.writeAndFlush(new DefaultHttp2WindowUpdateFrame(bytes).stream(stream));
    }

    /** Says that the server may send more of a response, whether or not something has arrived; nothing if the connection is closed. */
    void allow(Http2FrameStream stream, int bytes) {
        channel.eventLoop().execute(() -> {
            ChannelHandlerContext context = channel.pipeline().context(codec);
            if (context != null) {
                codec.encoder().frameWriter().writeWindowUpdate(context, stream.id(), bytes, context.newPromise());
                context.flush();
            }
        });
    }

    void reset(Http2FrameStream stream) {
        channel.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL).stream(stream));
    }

    Answer answer(Http2FrameStream stream) {
        Answer answer = answers.get(stream);
        if (answer == null) {
            throw new IllegalArgumentException("No such stream");
        }
        return answer;
    }

    CompletableFuture<Http2SettingsFrame> settings() {
        return settings;
    }

    /** Its error code. */
    CompletableFuture<Long> goAway() {
        return goAway;
    }

    boolean isClosed() {
        return !channel.isActive();
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        loop.shutdownGracefully();
    }

    private final class Frames extends Http2ChannelDuplexHandler {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            switch (message) {
                case Http2SettingsFrame frame -> settings.complete(frame);
                case Http2GoAwayFrame frame -> goAway.complete(frame.errorCode());
                case Http2HeadersFrame frame -> {
                    answer(frame.stream()).head = frame.headers();
                    answer(frame.stream()).ended |= frame.isEndStream();
                }
                case Http2DataFrame frame -> {
                    answer(frame.stream()).body.append(frame.content().toString(UTF_8));
                    if (takes) {
                        context.writeAndFlush(new DefaultHttp2WindowUpdateFrame(frame.initialFlowControlledBytes())
                                .stream(frame.stream()));
                    }
                    answer(frame.stream()).ended |= frame.isEndStream();
                }
                case Http2ResetFrame frame -> answer(frame.stream()).reset.set(frame.errorCode());
                default -> {}
            }
            ReferenceCountUtil.release(message);
        }
    }
}
