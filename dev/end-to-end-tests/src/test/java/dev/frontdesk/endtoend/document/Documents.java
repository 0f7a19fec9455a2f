package dev.frontdesk.endtoend.document;

import java.nio.file.Files;
import java.nio.file.Path;

/** Paths of the repository's documents. */
final class Documents {

    private Documents() {}

    static Path named(String name) {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path document = folder.resolve("docs").resolve(name);
            if (Files.isRegularFile(document)) {
                return document;
            }
        }
        throw new IllegalStateException("Not inside the repository: no folder above has docs/" + name);
    }
}
