package dev.frontdesk.loadtests.jobs;

import dev.frontdesk.loadtests.installation.Installation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Alternating rounds of jobs with Frontdesk and BullMQ, on the same machine. Prints the medians. */
public final class JobLoad {

    static final String JOBS = "20000";
    static final int ADDERS = 16;

    private static final String IN_PROCESS = "in-process";
    private static final String OVER_HTTP = "over-http";

    private JobLoad() {}

    /**
     * @param arguments the repository, a folder for data and logs, the folder with BullMQ and its scripts, and the
     *     sections to run; without a section, all
     */
    public static void main(String[] arguments) throws InterruptedException {
        Path repository = Path.of(arguments[0]);
        Path folder = Path.of(arguments[1]);
        Path scripts = Path.of(arguments[2]);
        List<String> given = Arrays.asList(arguments).subList(3, arguments.length);
        List<String> sections = given.isEmpty() ? List.of(IN_PROCESS, OVER_HTTP) : given;
        int failed = 0;
        for (String section : sections) {
            switch (section) {
                case IN_PROCESS -> new InProcess().measure(repository, folder.resolve(section), scripts);
                case OVER_HTTP -> failed += new OverHttp().measure(repository, folder.resolve(section), scripts);
                default -> throw new IllegalArgumentException("There is no section " + section);
            }
        }
        System.exit(failed == 0 ? 0 : 1);
    }

    /** The process that adds and processes jobs with BullMQ. */
    static List<String> bullmq(Path scripts, Installation installation) {
        return List.of(
                "node",
                scripts.resolve("baseline.mjs").toString(),
                installation.redisUrl(),
                JOBS,
                Integer.toString(ADDERS));
    }
}
