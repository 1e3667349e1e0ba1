package io.stillwatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.stillwatch.text.Printable;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done with untrusted bytes and texts. */
class TextTest {

    @Property(tries = 3_000)
    void malformedUtf8IsFoundWhereThePlatformFindsIt(@ForAll("almostUtf8") byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer input = ByteBuffer.wrap(bytes);
        CoderResult result = decoder.decode(input, CharBuffer.allocate(bytes.length + 1), true);

        assertThat(Utf8.indexOfMalformed(bytes, 0, bytes.length))
                .isEqualTo(result.isError() ? input.position() : bytes.length);
    }

    @Provide
    Arbitrary<byte[]> almostUtf8() {
        Arbitrary<Byte> bytes = Arbitraries.oneOf(
                Arbitraries.bytes(),
                Arbitraries.of(
                        (byte) 'a',
                        (byte) 0xc3,
                        (byte) 0xa9,
                        (byte) 0xe2,
                        (byte) 0x82,
                        (byte) 0xac,
                        (byte) 0xf0,
                        (byte) 0x9f,
                        (byte) 0x98,
                        (byte) 0x80,
                        (byte) 0xed,
                        (byte) 0xf4,
                        (byte) 0xe0));
        return bytes.array(byte[].class).ofMaxSize(40);
    }

    @Property
    void newlinesAreFoundWhereverTheyStand(@ForAll("almostUtf8") byte[] bytes) {
        int found = Utf8.indexOfNewline(bytes, 0, bytes.length);

        int wanted = 0;
        while (wanted < bytes.length && bytes[wanted] != '\n') {
            wanted++;
        }
        assertThat(found).isEqualTo(wanted);
    }

    @Property
    void everyTextCanBeEncodedOnceItIsRepaired(@ForAll String text) throws CharacterCodingException {
        String repaired = Utf8.encodable(text);

        assertThat(StandardCharsets.UTF_8
                        .newEncoder()
                        .encode(CharBuffer.wrap(repaired))
                        .hasRemaining())
                .isEqualTo(!text.isEmpty());
        assertThat(repaired).hasSameSizeAs(text);
    }

    @Property
    void printableTextHoldsNothingATerminalObeys(@ForAll String text) {
        assertThat(Printable.text(text, 50)).doesNotMatch("(?s).*[\\p{Cntrl}\\p{Cf}\\p{Cs}\\u2028\\u2029].*");
    }

    @Test
    void printableTextIsBoundedAndSaysSo() {
        assertThat(Printable.text("abcdef", 3)).isEqualTo("abc…");
        assertThat(Printable.text("a\u001b[31m\u202e\ud800", 50)).isEqualTo("a\\u001b[31m\\u202e\\ud800");
        assertThat(Printable.text("naïve 日本 😀", 50)).isEqualTo("naïve 日本 😀");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.77|203.0.113.0/24",
                "203.0.113.77:51234|203.0.113.0/24",
                "203.0.113.77, 10.0.0.1|203.0.113.0/24",
                "2001:db8:1:2::5|2001:db8:1::/48",
                "[2001:db8:1:2::5]:443|2001:db8:1::/48",
                "fe80::1%eth0|fe80:0:0::/48",
                "::ffff:203.0.113.77|203.0.113.0/24",
                "network-17|network-17",
                "AS64500|AS64500",
                "1:2:3|1:2:3",
                "203.0.113.0/24|203.0.113.0/24"
            })
    void anAddressBecomesItsNetworkAndATokenStays(String address, String network) {
        assertThat(ClientNetwork.of(address)).isEqualTo(network);
    }

    @Property(tries = 300)
    void jsonCutAnywhereIsReadOrNotButNeverFails(@ForAll String text) {
        String json = "[{\"role\":\"user\",\"content\":" + quoted(text) + "},{\"n\":[1,true]}]";
        for (int length = 0; length < json.length(); length++) {
            assertThat(CutJson.read(json.substring(0, length))).isNotNull();
        }
        assertThat(CutJson.read(json)).isPresent();
    }

    private static String quoted(String text) {
        return TextNode.valueOf(Utf8.encodable(text)).toString();
    }

    @Test
    void jsonCutWithinATextKeepsTheTextUpToTheCut() {
        String json = "[{\"content\":\"a\\\\\\n\\u00e9z";

        assertThat(text(json)).isEqualTo("a\\\néz");
        assertThat(text(json.substring(0, json.length() - 2))).isEqualTo("a\\\n");
        assertThat(text(json.substring(0, json.length() - 7))).isEqualTo("a\\\n");
        assertThat(text(json.substring(0, json.length() - 8))).isEqualTo("a\\");
    }

    private static String text(String json) {
        return CutJson.read(json).orElseThrow().path(0).path("content").textValue();
    }
}
