package dev.frontdesk.testsupport.servers;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is created at its first use, once, unless its creation failed. */
final class Lazy<T> implements Supplier<T> {

    private final Supplier<T> make;
    private @Nullable T made;

    Lazy(Supplier<T> make) {
        this.make = make;
    }

    @Override
    public synchronized T get() {
        var value = made;
        if (value == null) {
            value = make.get();
            made = value;
        }
        return value;
    }
}
