package dev.frontdesk.notification.outbound;

import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A DNS server (RFC 1035) that responds as scripted, with a TTL of zero, and with another answer each time. */
public final class ScriptedDns implements AutoCloseable {

    private static final int HEADER = 12;
    private static final short TYPE_A = 1;
    private static final short ANSWER_WITHOUT_ERROR = (short) 0x8180;
    private static final short NO_SUCH_NAME = (short) 0x8183;
    private static final short NAME_OF_THE_QUESTION = (short) 0xc00c;

    private final DatagramSocket socket;
    private final Map<String, Queue<List<InetAddress>>> names = new ConcurrentHashMap<>();
    private final AtomicInteger questions = new AtomicInteger();

    ScriptedDns() throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        Thread.ofVirtual().start(this::serve);
    }

    DnsServerAddressStreamProvider servers() {
        return new SequentialDnsServerAddressStreamProvider((InetSocketAddress) socket.getLocalSocketAddress());
    }

    /** @param addresses of the next queries, several separated by spaces; the last answer stays */
    void says(String name, String... addresses) {
        names.put(
                name,
                new ArrayDeque<>(Stream.of(addresses)
                        .map(some -> Stream.of(some.split(" "))
                                .map(InetAddress::ofLiteral)
                                .toList())
                        .toList()));
    }

    int questions() {
        return questions.get();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                var question = new DatagramPacket(new byte[512], 512);
                socket.receive(question);
                byte[] answer = answer(ByteBuffer.wrap(question.getData(), 0, question.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private byte[] answer(ByteBuffer question) {
        var name = new StringBuilder();
        int at = HEADER;
        while (question.get(at) > 0) {
            name.append(name.isEmpty() ? "" : ".");
            int end = at + 1 + question.get(at);
            for (at++; at < end; at++) {
                name.append((char) question.get(at));
            }
        }
        boolean isForIpv4 = question.getShort(at + 1) == TYPE_A;
        int endOfQuestion = at + 5;
        var script = names.get(name.toString());
        var found = script == null || !isForIpv4 ? List.<InetAddress>of() : next(script);
        var answer = ByteBuffer.allocate(512)
                .putShort(question.getShort(0))
                .putShort(script == null ? NO_SUCH_NAME : ANSWER_WITHOUT_ERROR)
                .putShort((short) 1)
                .putShort((short) found.size())
                .putInt(0)
                .put(question.array(), HEADER, endOfQuestion - HEADER);
        for (InetAddress address : found) {
            answer.putShort(NAME_OF_THE_QUESTION)
                    .putShort(TYPE_A)
                    .putShort((short) 1)
                    .putInt(0)
                    .putShort((short) 4)
                    .put(address.getAddress());
        }
        return java.util.Arrays.copyOf(answer.array(), answer.position());
    }

    private List<InetAddress> next(Queue<List<InetAddress>> script) {
        questions.incrementAndGet();
        return script.size() > 1 ? script.remove() : script.element();
    }

    @Override
    public void close() {
        socket.close();
    }
}
