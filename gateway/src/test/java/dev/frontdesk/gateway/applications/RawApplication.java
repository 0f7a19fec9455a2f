package dev.frontdesk.gateway.applications;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.Unpooled;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.tcp.TcpServer;

/** An application that answers every piece of a request with the same bytes, whatever they are. */
final class RawApplication implements AutoCloseable {

    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final DisposableServer server;
    private volatile String bytes = "";
    private volatile boolean closes;

    RawApplication() {
        server = TcpServer.create()
                .host("127.0.0.1")
                .port(0)
                .channelGroup(connections)
                .handle((in, out) -> in.receive()
                        .asString(US_ASCII)
                        .doOnNext(received::add)
                        .concatMap(_ -> out.send(Mono.just(Unpooled.copiedBuffer(bytes, US_ASCII)))
                                .then()
                                .then(closes ? Mono.error(new IllegalStateException("close")) : Mono.<Void>empty()))
                        .then()
                        .onErrorComplete())
                .bindNow();
    }

    void answers(String text) {
        bytes = text;
        closes = false;
    }

    void answersAndCloses(String text) {
        bytes = text;
        closes = true;
    }

    String received() {
        return String.join("", received);
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    @Override
    public void close() {
        connections.close().awaitUninterruptibly();
        server.disposeNow();
    }
}
