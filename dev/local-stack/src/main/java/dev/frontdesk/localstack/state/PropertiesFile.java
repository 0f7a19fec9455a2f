package dev.frontdesk.localstack.state;

import dev.frontdesk.localstack.servers.OwnerOnly;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** A small file of names and values, readable by its owner only, replaced as a whole. */
final class PropertiesFile {

    private PropertiesFile() {}

    /** Empty if there is no such file. */
    static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return values;
    }

    /** A reader sees the old content or the new one, never a part of it, also after a crash. */
    static void write(Path file, Map<String, String> values) {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(draft);
            Files.createFile(draft, OwnerOnly.FILE);
            StringBuilder lines = new StringBuilder();
            new TreeMap<>(values)
                    .forEach((name, value) ->
                            lines.append(name).append('=').append(value).append('\n'));
            Files.writeString(draft, lines);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
