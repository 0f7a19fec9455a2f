package dev.frontdesk.localstack.processes;

import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.parts.Port;
import dev.frontdesk.localstack.parts.Ports;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Whether a part answers now, checked from outside. */
public final class Health {

    private static final int ANSWER_WITHIN_MS = 2000;

    private Health() {}

    /** A service answers when its readiness is up; a server when it accepts a connection. */
    public static boolean answers(Part part, Ports ports) {
        return switch (part) {
            case SMTP -> inbox(ports);
            case SAMPLE -> sample(ports);
            case POSTGRES, REDIS, KAFKA -> Ports.answers(ports.of(part));
            default -> service(part, ports);
        };
    }

    static boolean service(Part service, Ports ports) {
        Port management = Port.managementOf(service).orElseThrow();
        return isOk("http://127.0.0.1:" + ports.of(management) + "/actuator/health/readiness");
    }

    static boolean inbox(Ports ports) {
        return isOk("http://127.0.0.1:" + ports.of(Port.INBOX) + "/health");
    }

    static boolean sample(Ports ports) {
        return isOk("http://127.0.0.1:" + ports.of(Port.SAMPLE) + "/health");
    }

    private static boolean isOk(String url) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(ANSWER_WITHIN_MS);
            connection.setReadTimeout(ANSWER_WITHIN_MS);
            int status = connection.getResponseCode();
            connection.disconnect();
            return status == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
