package dev.frontdesk.kit.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a flat list of strings; a single reply is a list of one. */
final class BytesOutput extends CommandOutput<byte[], byte[], List<byte @Nullable []>> {

    BytesOutput() {
        super(ByteArrayCodec.INSTANCE, List.of());
    }

    @Override
    public void multi(int count) {
        output = new ArrayList<>(Math.max(0, count));
    }

    @Override
    public void set(@Nullable ByteBuffer bytes) {
        add(bytes == null ? null : read(bytes));
    }

    @Override
    public void set(long number) {
        add(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
    }

    private void add(byte @Nullable [] element) {
        if (output.isEmpty() && !(output instanceof ArrayList)) {
            output = new ArrayList<>(1);
        }
        output.add(element);
    }

    private static byte[] read(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }
}
