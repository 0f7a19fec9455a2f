package dev.frontdesk.endtoend.stack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files that the processes write. */
public final class ProcessFiles {

    private final Path home;

    ProcessFiles(Path home) {
        this.home = home;
    }

    /** The lines of one part's log, since its last start, that contain the text. */
    public List<String> logLines(String part, String text) {
        return read(home.resolve("logs").resolve(part + ".log"))
                .lines()
                .filter(line -> line.contains(text))
                .toList();
    }

    /** Every log file, including those before the last start, that contains one of these secrets. */
    public List<Path> logsThatTell(Collection<String> secrets) {
        return filesThatTell(home.resolve("logs"), secrets);
    }

    /** Every file of Kafka's and Redis's data that contains one of these secrets. */
    public List<Path> dataThatTells(Collection<String> secrets) {
        return Stream.of("kafka", "redis")
                .flatMap(part -> filesThatTell(home.resolve("data").resolve(part), secrets).stream())
                .toList();
    }

    private static List<Path> filesThatTell(Path folder, Collection<String> secrets) {
        var patterns = secrets.stream().map(ProcessFiles::pattern).toList();
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    // Kafka's indexes are megabytes of numbers.
                    .filter(file -> !file.toString().endsWith("index"))
                    .filter(file -> tellsAny(read(file), patterns))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean tellsAny(String text, List<Pattern> patterns) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(text).find());
    }

    /** A code of digits may be part of a longer number by chance. */
    private static Pattern pattern(String secret) {
        var digits = secret.chars().allMatch(Character::isDigit);
        return Pattern.compile(
                digits ? "(?<![0-9A-Za-z.])" + secret + "(?![0-9A-Za-z])" : Pattern.quote(latin(secret)));
    }

    /** One character per byte, so that any file can be read and searched. */
    private static String read(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (NoSuchFileException gone) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String latin(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }
}
