package dev.frontdesk.localstack.launcher;

import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.parts.Port;
import dev.frontdesk.localstack.processes.Environment;
import dev.frontdesk.localstack.state.Home;
import dev.frontdesk.localstack.state.Secrets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The table at the end of a start: the addresses of all parts. */
record Overview(Home home, Environment environment, Secrets secrets, List<Part> members) {

    String text(Duration took) {
        Table table = new Table("part", "port", "log");
        for (Part part : members) {
            table.row(part.title(), ports(part), home.log(part).toString());
        }
        return """

                Frontdesk is ready after %s.

                  Gateway       %s
                  Inbox         %s
                  Operator key  %s
                %s
                %s
                Names and values for scripts: dev/status --env
                """.formatted(
                        Console.seconds(took),
                        environment.gatewayUrl(),
                        environment.inboxUrl(),
                        secrets.get(Secrets.OPERATOR_KEY),
                        members.contains(Part.SAMPLE) ? "  Sample        " + environment.gatewayUrl() + "/shop\n" : "",
                        table);
    }

    private String ports(Part part) {
        return Arrays.stream(Port.values())
                .filter(port -> port.part() == part)
                .map(port -> Integer.toString(environment.ports().of(port)))
                .collect(Collectors.joining(" "));
    }
}
