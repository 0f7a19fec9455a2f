package dev.frontdesk.kit.outbound;

import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Predicate;

/**
 * Resolves and checks a host as the last step before a connection. The client connects to the addresses that this
 * resolver returns, so they can't change between the check and the call (DNS rebinding). An address in digits is
 * checked here, too. One forbidden address among several forbids the name.
 */
final class CheckedResolver extends AbstractAddressResolver<InetSocketAddress> {

    private final AddressResolver<InetSocketAddress> names;
    private final Predicate<InetSocketAddress> allowed;

    CheckedResolver(
            EventExecutor executor, AddressResolver<InetSocketAddress> names, Predicate<InetSocketAddress> allowed) {
        super(executor, InetSocketAddress.class);
        this.names = names;
        this.allowed = allowed;
    }

    /** Always false, since the caller would skip the check for a resolved address. */
    @Override
    protected boolean doIsResolved(InetSocketAddress address) {
        return false;
    }

    @Override
    protected void doResolve(InetSocketAddress address, Promise<InetSocketAddress> promise) {
        Promise<List<InetSocketAddress>> all = executor().newPromise();
        doResolveAll(address, all);
        all.addListener((Future<List<InetSocketAddress>> found) -> {
            if (found.isSuccess()) {
                promise.trySuccess(found.getNow().getFirst());
            } else {
                promise.tryFailure(found.cause());
            }
        });
    }

    @Override
    protected void doResolveAll(InetSocketAddress address, Promise<List<InetSocketAddress>> promise) {
        if (!address.isUnresolved()) {
            settle(List.of(address), promise);
            return;
        }
        names.resolveAll(address).addListener((Future<List<InetSocketAddress>> found) -> {
            if (found.isSuccess()) {
                settle(found.getNow(), promise);
            } else {
                promise.tryFailure(found.cause());
            }
        });
    }

    private void settle(List<InetSocketAddress> found, Promise<List<InetSocketAddress>> promise) {
        if (!found.isEmpty() && found.stream().allMatch(address -> allowed.test(address))) {
            promise.trySuccess(found);
        } else {
            promise.tryFailure(new UnknownHostException("No allowed address"));
        }
    }

    @Override
    public void close() {
        names.close();
    }
}
