package dev.frontdesk.loadtests.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SpansTest {

    @Test
    void countsTheSpansOfAllScopesAndResources() {
        ByteBuf scope = message(field(1, text("scope")), field(2, text("span")), field(2, text("span")));
        ByteBuf other =
                message(field(2, text("x".repeat(300))), hex("25" + "00000000"), hex("29" + "0000000000000000"));
        ByteBuf resource = message(field(1, text("resource")), field(2, scope), field(2, other), hex("1805"));

        assertThat(Spans.count(message(field(1, resource), field(1, message(field(2, scope))))))
                .isEqualTo(5);
        assertThat(Spans.count(Unpooled.EMPTY_BUFFER)).isZero();
    }

    @Test
    void refusesWhatIsNotAMessage() {
        assertThatThrownBy(() -> Spans.count(hex("0f"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Spans.count(hex("0a05"))).isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** Copies, so that a part can be used again. */
    private static ByteBuf message(ByteBuf... parts) {
        var message = Unpooled.buffer();
        for (ByteBuf part : parts) {
            message.writeBytes(ByteBufUtil.getBytes(part));
        }
        return message;
    }

    private static ByteBuf field(int number, ByteBuf content) {
        var field = Unpooled.buffer().writeByte(number << 3 | 2);
        int length = content.readableBytes();
        while (length > 0x7f) {
            field.writeByte(length & 0x7f | 0x80);
            length >>>= 7;
        }
        return field.writeByte(length).writeBytes(ByteBufUtil.getBytes(content));
    }

    private static ByteBuf text(String text) {
        return ByteBufUtil.writeAscii(Unpooled.buffer().alloc(), text);
    }

    private static ByteBuf hex(String hex) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
    }
}
