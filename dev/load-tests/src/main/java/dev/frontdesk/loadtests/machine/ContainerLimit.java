package dev.frontdesk.loadtests.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The memory that a service has in its container. */
public final class ContainerLimit {

    private static final Pattern LIMITS = Pattern.compile("limits:\\s+(?:cpu:.*\\s+)?memory: ([0-9]+)Mi");

    private ContainerLimit() {}

    /**
     * From the manifest in k8s/base.
     *
     * @return megabytes
     */
    public static int of(Path repository, String service) {
        Path manifest = repository.resolve("k8s/base").resolve(service + ".yaml");
        try {
            var found = LIMITS.matcher(Files.readString(manifest));
            if (!found.find()) {
                throw new IllegalStateException("No memory limit in " + manifest);
            }
            return Integer.parseInt(found.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
