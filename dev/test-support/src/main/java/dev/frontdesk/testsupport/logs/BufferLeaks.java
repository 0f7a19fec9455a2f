package dev.frontdesk.testsupport.logs;

import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Fails a test class of an application when Netty's detector has found a buffer that was not released, in this class or
 * in one before it: a buffer is found when it is garbage-collected. The detector samples one of 128 buffers; with
 * {@code JAVA_TOOL_OPTIONS=-Dio.netty.leakDetection.level=paranoid} it tracks all, and names their last uses.
 */
public final class BufferLeaks implements TestExecutionListener {

    private static final List<String> FOUND = new CopyOnWriteArrayList<>();

    static {
        ByteBufUtil.setLeakListener((type, records) -> FOUND.add(type + records));
    }

    @Override
    public void afterTestClass(TestContext context) {
        if (!FOUND.isEmpty()) {
            var found = List.copyOf(FOUND);
            FOUND.clear();
            throw new AssertionError("Netty buffers were not released:\n" + String.join("\n", found));
        }
    }
}
