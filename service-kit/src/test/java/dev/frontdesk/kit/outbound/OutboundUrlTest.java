package dev.frontdesk.kit.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example/hooks",
                "https://shop.example:8443/hooks?team=1",
                "https://xn--bcher-kva.example",
                "https://203.0.113.7/",
                "https://[2606:4700::1]:443/",
                "https://intranet/"
            })
    void takesNamesAndAddressesInTheirUsualForm(String text) {
        assertThat(new OutboundUrl(text).value()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shop.example/hooks",
                "ftp://shop.example/",
                "file:///etc/passwd",
                "https:shop.example",
                "https:///hooks",
                "https://eve:secret@shop.example/",
                "https://shop.example/#part",
                "https://shop.example:0/",
                "https://shop.example:65536/",
                "https://shop.example /",
                "https://shop.example/\r\nX-Evil: 1",
                "https://bücher.example/",
                "https://shop_1.example/",
                "https://%31%32%37.0.0.1/",
                "https://shop.example\\@127.0.0.1/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0x7f.0.0.1/",
                "https://017700000001/",
                "https://0177.0.0.1/",
                "https://127.1/",
                "https://127.0.1/",
                "https://127.0.0.1./",
                "https://010.0.0.1/",
                "https://256.0.0.1/",
                "https://１２７.0.0.1/",
                "https://[::1%25lo]/",
                "https://[::ffff:0x7f.1]/"
            })
    void refusesWhatHasNoHostOrMoreThanOneReading(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new OutboundUrl(text));
    }

    @Test
    void refusesALongOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OutboundUrl("https://shop.example/" + "a".repeat(2048)))
                .withMessageContaining("2048");
    }

    @Test
    void knowsAnAddressFromAName() {
        assertThat(new OutboundUrl("https://10.0.0.1/").address()).hasToString("/10.0.0.1");
        assertThat(new OutboundUrl("https://[::ffff:10.0.0.1]/").address()).hasToString("/10.0.0.1");
        assertThat(new OutboundUrl("https://shop.example/").address()).isNull();
    }

    @Test
    void showsNoPathInALog() {
        assertThat(new OutboundUrl("https://shop.example:8443/hooks/secret?token=secret"))
                .hasToString("https://shop.example:8443/…");
    }
}
