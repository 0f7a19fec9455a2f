package dev.frontdesk.kit.outbound;

import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Predicate;

/** A {@link CheckedResolver} for each event loop, over a DNS client that does not block. */
public final class CheckedResolvers extends AddressResolverGroup<InetSocketAddress> {

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration REMEMBERED_AT_MOST = Duration.ofMinutes(1);

    private final AddressResolverGroup<InetSocketAddress> names;
    private final Predicate<InetSocketAddress> allowed;

    public CheckedResolvers(DnsServerAddressStreamProvider servers, Predicate<InetSocketAddress> allowed) {
        this.allowed = allowed;
        this.names = new DnsAddressResolverGroup(new DnsNameResolverBuilder()
                .datagramChannelFactory(NioDatagramChannel::new)
                .socketChannelFactory(NioSocketChannel::new)
                .queryTimeoutMillis(QUERY_TIMEOUT.toMillis())
                .ttl(0, (int) REMEMBERED_AT_MOST.toSeconds())
                .nameServerProvider(servers));
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new CheckedResolver(executor, names.getResolver(executor), allowed);
    }

    @Override
    public void close() {
        super.close();
        names.close();
    }
}
