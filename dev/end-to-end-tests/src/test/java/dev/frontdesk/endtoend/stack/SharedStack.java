package dev.frontdesk.endtoend.stack;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the stack for the first test that needs it, and stops it after the last test, whatever their results. */
final class SharedStack implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalStack.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedStack.class))
                .computeIfAbsent(Started.class, _ -> new Started(), Started.class)
                .stack
                .join();
    }

    /** After a failed start, the other tests do not try again. */
    private static final class Started implements AutoCloseable {

        private final CompletableFuture<LocalStack> stack = CompletableFuture.supplyAsync(LocalStack::start);

        @Override
        public void close() {
            if (stack.isDone() && !stack.isCompletedExceptionally()) {
                stack.join().close();
            }
        }
    }
}
