package dev.frontdesk.localstack.state;

import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.servers.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder of one stack; readable by its owner only. */
public record Home(Path folder) {

    /** Creates the folder if it is missing. */
    public static Home at(Path folder) {
        try {
            Path absolute = folder.toAbsolutePath().normalize();
            Files.createDirectories(
                    absolute, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.createDirectories(absolute.resolve("logs"));
            Files.createDirectories(absolute.resolve("data"));
            return new Home(absolute);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path data(Part part) {
        return folder.resolve("data").resolve(part == Part.SMTP ? "mail" : part.title());
    }

    public Path log(Part part) {
        return folder.resolve("logs").resolve(part.title() + ".log");
    }

    /** An empty log for a new start; the previous one is renamed to {@code .previous}. */
    public Path newLog(Part part) {
        try {
            Path log = log(part);
            if (Files.exists(log)) {
                Files.move(
                        log, log.resolveSibling(part.title() + ".previous.log"), StandardCopyOption.REPLACE_EXISTING);
            }
            return Files.createFile(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path apps() {
        return folder.resolve("apps");
    }

    Path state() {
        return folder.resolve("state.properties");
    }

    Path secrets() {
        return folder.resolve("secrets.properties");
    }

    Path lock() {
        return folder.resolve("lock");
    }

    /** Deletes all data, secrets and logs. No part of the stack may run. */
    public void wipe() {
        try {
            Folders.delete(folder.resolve("data"));
            Folders.delete(folder.resolve("logs"));
            Files.deleteIfExists(secrets());
            Files.deleteIfExists(state());
            at(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
