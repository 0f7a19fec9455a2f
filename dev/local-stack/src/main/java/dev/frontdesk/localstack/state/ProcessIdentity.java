package dev.frontdesk.localstack.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Identifies one process, even if its number is reused later.
 *
 * @param pid its number
 * @param birth when it started; on Linux in ticks since that boot, because the wall clock can be changed
 */
public record ProcessIdentity(long pid, String birth) {

    private static final Path PROC = Path.of("/proc");

    public static Optional<ProcessIdentity> of(long pid) {
        return birthOf(pid).map(birth -> new ProcessIdentity(pid, birth));
    }

    public static ProcessIdentity self() {
        return of(ProcessHandle.current().pid()).orElseThrow();
    }

    /** Parses the result of {@link #toString()}. */
    public static Optional<ProcessIdentity> parse(String written) {
        int at = written.indexOf('@');
        try {
            return at < 0
                    ? Optional.empty()
                    : Optional.of(
                            new ProcessIdentity(Long.parseLong(written.substring(0, at)), written.substring(at + 1)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether it is still running. A zombie is not. */
    public boolean isAlive() {
        return birthOf(pid).filter(birth::equals).isPresent();
    }

    private static Optional<String> birthOf(long pid) {
        return Files.isDirectory(PROC.resolve("self")) ? birthOnLinux(pid) : birthElsewhere(pid);
    }

    /**
     * proc_pid_stat(5): the state follows the name, which may contain any character; the start time is the 20th field
     * from there.
     */
    private static Optional<String> birthOnLinux(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(pid + "/stat"));
            List<String> fields =
                    List.of(stat.substring(stat.lastIndexOf(')') + 2).trim().split(" "));
            boolean ended = "ZX".contains(fields.getFirst());
            String boot = Files.readString(PROC.resolve("sys/kernel/random/boot_id"));
            return ended ? Optional.empty() : Optional.of(boot.substring(0, 8) + "-" + fields.get(19));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> birthElsewhere(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().startInstant())
                .map(instant -> Long.toString(instant.toEpochMilli()));
    }

    @Override
    public String toString() {
        return pid + "@" + birth;
    }
}
