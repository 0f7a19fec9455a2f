package dev.frontdesk.loadtests.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Finds the end of an HTTP/1.1 response, and reads no more of it than that needs. */
final class ResponseReader {

    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRANSFER_ENCODING = "transfer-encoding:".getBytes(StandardCharsets.US_ASCII);
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    /** "HTTP/1.1 200" */
    private static final int STATUS_LINE = 12;

    private ResponseReader() {}

    /**
     * Skips one whole response.
     *
     * @return its status; 0, and nothing is skipped, while a part of it is missing
     */
    static int read(ByteBuf in) {
        int start = in.readerIndex();
        int end = in.writerIndex();
        if (end - start < STATUS_LINE) {
            return 0;
        }
        int status = digit(in, start + 9) * 100 + digit(in, start + 10) * 10 + digit(in, start + 11);
        int line = start;
        int length = 0;
        boolean chunked = false;
        while (true) {
            int newline = in.indexOf(line, end, (byte) '\n');
            if (newline < 0) {
                return 0;
            }
            if (newline - line <= 1) {
                int body = newline + 1;
                int next = status == NO_CONTENT || status == NOT_MODIFIED
                        ? body
                        : chunked ? endOfChunks(in, body) : body + length;
                if (next < 0 || next > end) {
                    return 0;
                }
                in.readerIndex(next);
                return status;
            }
            if (is(CONTENT_LENGTH, in, line)) {
                length = number(in, line + CONTENT_LENGTH.length, newline, 10);
            } else if (is(TRANSFER_ENCODING, in, line)) {
                chunked = true;
            }
            line = newline + 1;
        }
    }

    /** @return the index behind the last chunk; -1 while a part is missing */
    private static int endOfChunks(ByteBuf in, int from) {
        int line = from;
        while (true) {
            int newline = in.indexOf(line, in.writerIndex(), (byte) '\n');
            if (newline < 0) {
                return -1;
            }
            int size = number(in, line, newline, 16);
            if (size == 0) {
                int last = in.indexOf(newline + 1, in.writerIndex(), (byte) '\n');
                return last < 0 ? -1 : last + 1;
            }
            line = newline + 1 + size + 2;
            if (line >= in.writerIndex()) {
                return -1;
            }
        }
    }

    private static int digit(ByteBuf in, int index) {
        return in.getByte(index) - '0';
    }

    /** @param lower the name of a header in lower case, with its colon */
    private static boolean is(byte[] lower, ByteBuf in, int index) {
        if (index + lower.length > in.writerIndex()) {
            return false;
        }
        for (int i = 0; i < lower.length; i++) {
            if ((in.getByte(index + i) | 0x20) != (lower[i] | 0x20)) {
                return false;
            }
        }
        return true;
    }

    private static int number(ByteBuf in, int from, int to, int radix) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(in.getByte(i), radix);
            if (digit >= 0) {
                number = number * radix + digit;
            } else if (in.getByte(i) == ';') {
                break;
            }
        }
        return number;
    }
}
