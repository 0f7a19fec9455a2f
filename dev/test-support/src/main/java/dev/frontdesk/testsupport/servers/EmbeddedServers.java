package dev.frontdesk.testsupport.servers;

import dev.frontdesk.localstack.servers.FreePorts;
import dev.frontdesk.localstack.servers.PostgresServer;
import dev.frontdesk.localstack.servers.RedisServer;

/** Servers from the binaries of dev/local-stack, each a separate process with its own folder. */
final class EmbeddedServers implements Servers {

    private static final EmbeddedHost.Signals USUAL = new EmbeddedHost.Signals("TERM", "KILL");
    // Without waiting for clients; never with KILL, which would leave its shared memory behind.
    private static final EmbeddedHost.Signals OF_POSTGRES = new EmbeddedHost.Signals("INT", "QUIT");

    @Override
    public Redis redis() {
        return EmbeddedHost.start(
                "redis",
                USUAL,
                (place, port) ->
                        RedisServer.start(place.data(), port, "", place.log()).process(),
                Redis::new);
    }

    @Override
    public Postgres postgres() {
        return EmbeddedHost.start(
                "postgres",
                OF_POSTGRES,
                (place, port) -> PostgresServer.start(place.data(), port, Postgres.PASSWORD, place.log())
                        .process(),
                Postgres::new);
    }

    @Override
    public Kafka kafka() {
        var controllerPort = FreePorts.next();
        return EmbeddedHost.start(
                "kafka", USUAL, (place, port) -> ServerJvm.kafka(place, port, controllerPort), Kafka::new);
    }

    @Override
    public Smtp smtp() {
        return EmbeddedHost.start(
                "smtp",
                USUAL,
                ServerJvm::smtp,
                host -> new Smtp(host, new FileMailboxes(host.place().data())));
    }
}
