package dev.frontdesk.loadtests.jobs;

import dev.frontdesk.notification.NotificationApplication;
import dev.frontdesk.notification.emailtemplates.MailWriter;
import dev.frontdesk.notification.jobs.JobSignals;
import dev.frontdesk.notification.jobs.Jobs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * notification-service as a separate process, with handlers that do nothing. Reads one line per round from standard
 * input, the phases of the round, and answers with lines {@code name value} and {@code done}.
 */
@Configuration(proxyBeanMethods = false)
public class FrontdeskJobs {

    @Bean
    NoOp fiveAtOnce() {
        return new NoOp("no-op-5");
    }

    @Bean
    NoOp fiftyAtOnce() {
        return new NoOp("no-op-50");
    }

    /** @param arguments jobs per round, and the number of producers */
    public static void main(String[] arguments) throws IOException {
        var service = new SpringApplicationBuilder(NotificationApplication.class, FrontdeskJobs.class)
                .run(
                        "--logging.level.root=warn",
                        "--frontdesk.notification.jobs.queues.no-op-50.concurrency=50",
                        "--frontdesk.notification.jobs.queues.email.rate-limit=1000000000",
                        // As in the baseline, which deletes nothing.
                        "--frontdesk.notification.jobs.keep-completed=1000000000");
        var mailsWithoutJobs = new MailsWithoutJobs(
                service.getEnvironment().getRequiredProperty("frontdesk.notification.mail.host"),
                service.getEnvironment().getRequiredProperty("frontdesk.notification.mail.port", Integer.class),
                Rounds.mail(service.getBean(MailWriter.class)));
        var rounds = new Rounds(
                service.getBean(Jobs.class),
                service.getBean(JobSignals.class),
                service.getBean(DatabaseClient.class),
                service.getBean("fiveAtOnce", NoOp.class),
                service.getBean("fiftyAtOnce", NoOp.class),
                mailsWithoutJobs,
                Integer.parseInt(arguments[0]),
                Integer.parseInt(arguments[1]));
        try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rounds.next(line);
                System.out.println("done");
            }
        } finally {
            mailsWithoutJobs.close();
            service.close();
        }
    }
}
