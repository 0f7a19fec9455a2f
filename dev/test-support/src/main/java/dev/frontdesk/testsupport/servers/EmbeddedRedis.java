package dev.frontdesk.testsupport.servers;

import dev.frontdesk.localstack.servers.FreePorts;
import dev.frontdesk.localstack.servers.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The ways to run Redis in production, always from the binary of dev/local-stack: the members announce their addresses
 * to each other and to clients, and a container does not know its address.
 */
final class EmbeddedRedis {

    private static final int SLOTS = 16384;
    private static final int ATTEMPTS = 3;
    private static final String PLAIN = """
            bind 127.0.0.1
            port %d
            dir "%s"
            save ""
            """;

    /** Otherwise a master waits for more replicas before it sends its data to the first. */
    private static final String AT_ONCE = "repl-diskless-sync-delay 0\n";

    /** Either one may become the other's master. */
    private static final String REPLICATED =
            AT_ONCE + "requirepass %1$s\nmasterauth %1$s\n".formatted(RedisSentinels.PASSWORD);

    private EmbeddedRedis() {}

    static RedisCluster cluster() {
        return awaited(() -> {
            var members = List.of(Member.next(1), Member.next(2), Member.next(3));
            return new RedisCluster(
                    new HostGroup(members.stream().map(it -> node(it, members)).toList()));
        });
    }

    static RedisSentinels sentinels() {
        return awaited(() -> {
            var master = EmbeddedHost.start(
                    "redis-master", FreePorts.next(), (place, port) -> redis(place, port, REPLICATED));
            var replica = EmbeddedHost.start(
                    "redis-replica",
                    FreePorts.next(),
                    (place, port) ->
                            redis(place, port, REPLICATED + "replicaof 127.0.0.1 %d\n".formatted(master.port())));
            var members = List.of(Member.next(1), Member.next(2), Member.next(3));
            return new RedisSentinels(
                    List.of(master, replica),
                    members.stream()
                            .map(it -> sentinel(it, members, master, replica))
                            .toList());
        });
    }

    static RedisTls tls() {
        return EmbeddedHost.start(
                "redis-tls",
                new EmbeddedHost.Signals("TERM", "KILL"),
                (place, port) -> {
                    var certificates = Certificates.in(place.folder().resolve("tls"));
                    return RedisServer.start(
                            place.data(),
                            PLAIN.formatted(0, place.data())
                                    + """
                            tls-port %d
                            tls-cert-file "%s"
                            tls-key-file "%s"
                            tls-ca-cert-file "%s"
                            tls-auth-clients no
                            user default off
                            user %s on ">%s" ~* &* +@all
                            """.formatted(
                                                    port,
                                                    certificates.certificate(),
                                                    certificates.key(),
                                                    certificates.ca(),
                                                    RedisTls.USER,
                                                    RedisTls.PASSWORD),
                            place.log());
                },
                host -> new RedisTls(
                        host, Certificates.existing(host.place().folder().resolve("tls"))));
    }

    /** Together with the other processes that it starts, if another program has taken one of its ports. */
    private static <S extends TestServer> S awaited(Supplier<S> boot) {
        for (int attempt = 1; ; attempt++) {
            var server = boot.get();
            try {
                server.awaitAnswer();
                return server;
            } catch (IllegalStateException endedByItself) {
                server.close();
                if (attempt == ATTEMPTS) {
                    throw endedByItself;
                }
            }
        }
    }

    /** One of several that know each other from the start, so that no introduction is needed. */
    private record Member(int number, int port, int busPort) {

        static Member next(int number) {
            return new Member(number, FreePorts.next(), FreePorts.next());
        }

        String id() {
            return Integer.toString(number).repeat(40);
        }
    }

    private static EmbeddedHost node(Member self, List<Member> all) {
        return EmbeddedHost.start("redis-cluster-" + self.number(), self.port(), (place, port) -> {
            var settings = """
                    cluster-enabled yes
                    cluster-config-file nodes.conf
                    cluster-port %d
                    cluster-node-timeout 2000
                    """.formatted(self.busPort());
            writeOnce(place, "nodes.conf", topology(self, all));
            return redis(place, port, settings);
        });
    }

    private static String topology(Member self, List<Member> all) {
        var lines = new ArrayList<String>();
        for (var it : all) {
            int from = SLOTS * (it.number() - 1) / all.size();
            int to = SLOTS * it.number() / all.size() - 1;
            lines.add("%s 127.0.0.1:%d@%d %smaster - 0 0 %d connected %d-%d"
                    .formatted(it.id(), it.port(), it.busPort(), it == self ? "myself," : "", it.number(), from, to));
        }
        lines.add("vars currentEpoch %d lastVoteEpoch 0\n".formatted(all.size()));
        return String.join("\n", lines);
    }

    private static EmbeddedHost sentinel(Member self, List<Member> all, EmbeddedHost master, EmbeddedHost replica) {
        return EmbeddedHost.start("redis-sentinel-" + self.number(), self.port(), (place, port) -> {
            var name = RedisSentinels.MASTER;
            var settings = new StringBuilder(PLAIN.formatted(port, place.data()).replace("save \"\"\n", ""))
                    .append("sentinel myid %s\n".formatted(self.id()))
                    .append("sentinel monitor %s 127.0.0.1 %d 2\n".formatted(name, master.port()))
                    .append("requirepass %s\n".formatted(RedisSentinels.OF_SENTINELS))
                    .append("sentinel auth-pass %s %s\n".formatted(name, RedisSentinels.PASSWORD))
                    .append("sentinel down-after-milliseconds %s 700\n".formatted(name))
                    .append("sentinel failover-timeout %s 3000\n".formatted(name))
                    .append("sentinel known-replica %s 127.0.0.1 %d\n".formatted(name, replica.port()));
            all.stream()
                    .filter(it -> it != self)
                    .forEach(it -> settings.append(
                            "sentinel known-sentinel %s 127.0.0.1 %d %s\n".formatted(name, it.port(), it.id())));
            return RedisServer.start(place.data(), settings.toString(), place.log(), "--sentinel");
        });
    }

    private static Process redis(EmbeddedHost.Place place, int port, String settings) {
        return RedisServer.start(place.data(), PLAIN.formatted(port, place.data()) + settings, place.log());
    }

    private static void writeOnce(EmbeddedHost.Place place, String name, String content) {
        try {
            Files.createDirectories(place.data());
            var file = place.data().resolve(name);
            if (!Files.exists(file)) {
                Files.writeString(file, content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
