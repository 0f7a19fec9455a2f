package dev.frontdesk.registration.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.frontdesk.registration.signup.SignUpRequestFuzz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FuzzTargetsTest {

    private static final Path CORPUS = Path.of("src/test/resources/fuzz");
    private static final int VARIATIONS = 5_000;

    /** Input that has broken parsers before. */
    private static final List<String> SPLINTERS = List.of(
            "\u0000",
            "\r\n",
            "\u200B",
            "\u200D",
            "\u202E",
            "\u0130",
            "\u00DF",
            "\u212A",
            "\uFB01",
            "\u0345",
            "\u1E9E",
            "\u3002",
            "\uFF20",
            "\u00A0",
            "\u0308",
            "\uD83D\uDE00",
            "@",
            ".",
            "..",
            "xn--",
            "+",
            "-",
            "_",
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "null",
            "1e999",
            "\\ud800",
            "%00");

    static Stream<Arguments> targets() {
        return Stream.of(
                target("EmailAddressFuzz", EmailAddressFuzz::fuzzerTestOneInput),
                target("PasswordFuzz", PasswordFuzz::fuzzerTestOneInput),
                target("PersonNameFuzz", PersonNameFuzz::fuzzerTestOneInput),
                target("PhoneNumberFuzz", PhoneNumberFuzz::fuzzerTestOneInput),
                target("LanguageFuzz", LanguageFuzz::fuzzerTestOneInput),
                target("VerificationCodeFuzz", VerificationCodeFuzz::fuzzerTestOneInput),
                target("ApiKeyFuzz", ApiKeyFuzz::fuzzerTestOneInput),
                target("SignUpRequestFuzz", SignUpRequestFuzz::fuzzerTestOneInput));
    }

    private static Arguments target(String name, Consumer<byte[]> target) {
        return Arguments.of(name, target);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("targets")
    void holdsForTheCorpus(String name, Consumer<byte[]> target) throws IOException {
        List<byte[]> corpus = corpus(name);
        assertThat(corpus).isNotEmpty();
        corpus.forEach(data -> run(target, data));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("targets")
    void holdsForVariationsOfIt(String name, Consumer<byte[]> target) throws IOException {
        var random = new Random(42);
        List<byte[]> seeds = corpus(name);
        for (int i = 0; i < VARIATIONS; i++) {
            byte[] data = seeds.get(random.nextInt(seeds.size()));
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                data = changed(data, seeds, random);
            }
            run(target, data);
        }
    }

    private static void run(Consumer<byte[]> target, byte[] data) {
        try {
            target.accept(data);
        } catch (RuntimeException | Error broken) {
            fail("broken by " + HexFormat.of().formatHex(data), broken);
        }
    }

    private static byte[] changed(byte[] data, List<byte[]> seeds, Random random) {
        int at = random.nextInt(data.length + 1);
        int end = Math.min(data.length, at + random.nextInt(4));
        return switch (random.nextInt(4)) {
            case 0 ->
                joined(
                        data,
                        at,
                        end,
                        SPLINTERS.get(random.nextInt(SPLINTERS.size())).getBytes(StandardCharsets.UTF_8));
            case 1 -> joined(data, at, end, new byte[] {(byte) random.nextInt(256)});
            case 2 -> joined(data, at, end, seeds.get(random.nextInt(seeds.size())));
            default -> joined(data, at, end, new byte[0]);
        };
    }

    /** Replaces the part between the two with the middle. */
    private static byte[] joined(byte[] data, int start, int end, byte[] middle) {
        byte[] all = Arrays.copyOf(data, start + middle.length + data.length - end);
        System.arraycopy(middle, 0, all, start, middle.length);
        System.arraycopy(data, end, all, start + middle.length, data.length - end);
        return all;
    }

    private static List<byte[]> corpus(String name) throws IOException {
        var seeds = new ArrayList<byte[]>();
        try (var files = Files.list(CORPUS.resolve(name))) {
            for (Path file : files.sorted().toList()) {
                seeds.add(Files.readAllBytes(file));
            }
        }
        return seeds;
    }
}
