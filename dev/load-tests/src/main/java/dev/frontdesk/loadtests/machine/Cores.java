package dev.frontdesk.loadtests.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Two processors: one for the process that is measured, and one for everything else. Linux with util-linux' taskset
 * only; without it, or with one processor, nothing is pinned.
 */
public final class Cores {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";

    private final List<Integer> allowed;
    private final boolean pins;

    private Cores(List<Integer> allowed, boolean pins) {
        this.allowed = allowed;
        this.pins = pins;
    }

    public static Cores find() {
        try (var lines = Files.lines(STATUS)) {
            List<Integer> allowed = lines.filter(line -> line.startsWith(ALLOWED))
                    .flatMap(line -> parse(line.substring(ALLOWED.length()).trim()).stream())
                    .toList();
            return new Cores(allowed, allowed.size() > 1 && run("taskset", "--version"));
        } catch (IOException notLinux) {
            return new Cores(List.of(), false);
        }
    }

    /** @param list as the kernel writes it: {@code 0-3,8} */
    static List<Integer> parse(String list) {
        var numbers = new ArrayList<Integer>();
        for (String range : list.split(",")) {
            String[] ends = range.split("-");
            IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                    .forEach(numbers::add);
        }
        return numbers;
    }

    public boolean pins() {
        return pins;
    }

    /** For the load generator and the stores; any if nothing is pinned. */
    public int forLoad() {
        return pins ? allowed.getFirst() : 0;
    }

    public int forMeasured() {
        return pins ? allowed.getLast() : 0;
    }

    /** All threads of the process and of the processes that it started; threads to come inherit it. */
    public void pin(ProcessHandle process, int core) {
        if (pins) {
            set(process, Integer.toString(core));
        }
    }

    public void release(ProcessHandle process) {
        if (pins) {
            set(process, String.join(",", allowed.stream().map(String::valueOf).toList()));
        }
    }

    /** Only the current thread. */
    void pinThisThread(int core) throws IOException {
        if (pins) {
            String thread =
                    Path.of("/proc/thread-self").toRealPath().getFileName().toString();
            run("taskset", "-pc", Integer.toString(core), thread);
        }
    }

    private static void set(ProcessHandle process, String cores) {
        Stream.concat(Stream.of(process), process.descendants())
                .toList()
                .forEach(it -> run("taskset", "-apc", cores, Long.toString(it.pid())));
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .onExit()
                            .join()
                            .exitValue()
                    == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
