package dev.frontdesk.localstack.launcher;

import dev.frontdesk.localstack.parts.WrongPort;
import dev.frontdesk.localstack.servers.ServerFailed;
import dev.frontdesk.localstack.state.Home;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Entry point of dev/up, dev/down and dev/status. Arguments: the command, the root of the repository, the stack's
 * folder, then options. Exit codes: 0 success; 1 failure, with a line that says why; 2 wrong use.
 */
final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(Arrays.asList(arguments)));
    }

    private static int run(List<String> arguments) {
        Console console = new Console(System.out, System.err);
        if (arguments.size() < 3) {
            console.problem("usage: up|down|status <repository> <folder> [options]; call dev/up, dev/down, dev/status");
            return 2;
        }
        Path repository = Path.of(arguments.get(1)).toAbsolutePath().normalize();
        Path folder = Path.of(arguments.get(2));
        List<String> options = arguments.subList(3, arguments.size());
        try {
            return switch (arguments.getFirst()) {
                case "up" ->
                    only(
                            Set.of("--fresh", "--detach", "--sample"),
                            options,
                            console,
                            () -> new Up(
                                            repository,
                                            Home.at(folder),
                                            System.getenv(),
                                            console,
                                            options.contains("--fresh"),
                                            options.contains("--detach"),
                                            options.contains("--sample"))
                                    .run());
                case "down" -> only(Set.of(), options, console, () -> new Down(Home.at(folder), console).run());
                case "status" ->
                    only(Set.of("--env"), options, console, () -> {
                        Status status = new Status(Home.at(folder), console);
                        return options.contains("--env") ? status.printEnvironment() : status.print();
                    });
                case "train" ->
                    only(
                            Set.of(),
                            options,
                            console,
                            () -> new Train(repository, Home.at(folder), System.getenv()).run());
                default -> {
                    console.problem("unknown command: " + arguments.getFirst());
                    yield 2;
                }
            };
        } catch (WrongPort | ServerFailed | PartFailed e) {
            console.problem(String.valueOf(e.getMessage()));
            return 1;
        } catch (RuntimeException e) {
            console.problem("this is a bug in the launcher");
            e.printStackTrace();
            return 1;
        }
    }

    private interface Command {
        int run();
    }

    private static int only(Set<String> known, List<String> options, Console console, Command command) {
        for (String option : options) {
            if (!known.contains(option)) {
                console.problem("unknown option: " + option);
                return 2;
            }
        }
        return command.run();
    }
}
