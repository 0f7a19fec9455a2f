package dev.frontdesk.localstack.launcher;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;

/** The memory of a process and its children, as the operating system counts it. */
final class Memory {

    private static final Path PROC = Path.of("/proc");

    private Memory() {}

    /**
     * Resident megabytes. On Linux, memory that several processes share, as PostgreSQL's do, is divided among them;
     * elsewhere it counts once for each, as in {@code ps}.
     */
    static long residentMegabytes(long pid) {
        LongStream processes = ProcessHandle.of(pid).stream()
                .flatMapToLong(process -> LongStream.concat(
                        LongStream.of(pid), process.descendants().mapToLong(ProcessHandle::pid)));
        return processes.map(Memory::residentKilobytes).sum() / 1024;
    }

    private static long residentKilobytes(long pid) {
        try {
            return Files.isDirectory(PROC.resolve("self")) ? fromProc(pid) : fromPs(pid);
        } catch (IOException | UncheckedIOException e) {
            // It has ended in the meantime.
            return 0;
        }
    }

    private static long fromProc(long pid) throws IOException {
        String line = Files.readAllLines(PROC.resolve(pid + "/smaps_rollup")).stream()
                .filter(each -> each.startsWith("Pss:"))
                .findFirst()
                .orElse("0");
        return Long.parseLong(line.replaceAll("\\D", ""));
    }

    private static long fromPs(long pid) throws IOException {
        Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
        String answer = new String(ps.getInputStream().readAllBytes(), US_ASCII);
        return answer.isBlank() ? 0 : Long.parseLong(answer.trim());
    }
}
