package dev.frontdesk.deployment.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A copy of k8s/ with secrets from the real dev/make-secrets; a developer's own secrets are not read. */
public final class ManifestCopy {

    public static final Path FOLDER = make();

    private ManifestCopy() {}

    /** What dev/make-secrets wrote for docker compose. */
    public static Map<String, String> secretsOfCompose() {
        return Repository.text(FOLDER.resolve(".env"))
                .lines()
                .filter(line -> line.contains("=") && !line.startsWith("#"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')), line -> line.substring(line.indexOf('=') + 1)));
    }

    private static Path make() {
        try {
            Path copy = Files.createDirectories(Path.of("target", "copy")).toAbsolutePath();
            for (Path old : Repository.filesIn(copy)) {
                Files.delete(old);
            }
            for (Path file : Repository.filesIn(Repository.ROOT.resolve("k8s"))) {
                if (!file.endsWith("secrets.env")) {
                    copy(file, copy);
                }
            }
            copy(Repository.ROOT.resolve("dev/make-secrets"), copy);
            run("bash", copy.resolve("dev/make-secrets").toString());
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path file, Path to) throws IOException {
        Path target = to.resolve(Repository.ROOT.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
    }

    public static String run(String... command) {
        try {
            Path errors = Files.createTempFile("frontdesk", ".err");
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + Files.readString(errors));
            }
            Files.delete(errors);
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
