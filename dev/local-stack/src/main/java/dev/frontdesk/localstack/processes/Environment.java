package dev.frontdesk.localstack.processes;

import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.parts.Port;
import dev.frontdesk.localstack.parts.Ports;
import dev.frontdesk.localstack.servers.PostgresServer;
import dev.frontdesk.localstack.state.Secrets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Addresses and secrets, as the services and scripts read them from their environment. */
public record Environment(Ports ports, Secrets secrets) {

    private static final Set<Part> WITH_DATABASE = Set.of(Part.REGISTRATION, Part.NOTIFICATION);

    public String gatewayUrl() {
        return http(Port.GATEWAY);
    }

    public String inboxUrl() {
        return http(Port.INBOX);
    }

    /** The sample application itself. Clients reach it only through the gateway. */
    public String sampleUrl() {
        return http(Port.SAMPLE);
    }

    public String redisUrl() {
        return "redis://:" + secrets.get(Secrets.REDIS_PASSWORD) + "@127.0.0.1:" + ports.of(Port.REDIS);
    }

    public String postgresUrl() {
        return "postgresql://" + PostgresServer.USER + ":" + secrets.get(Secrets.POSTGRES_PASSWORD) + "@127.0.0.1:"
                + ports.of(Port.POSTGRES) + "/" + PostgresServer.DATABASE;
    }

    public String kafkaServers() {
        return "127.0.0.1:" + ports.of(Port.KAFKA);
    }

    /** Exactly the variables that this service needs; it gets no secret that it does not use. */
    public Map<String, String> of(Part service) {
        if (service == Part.SAMPLE) {
            return Map.of(
                    "SERVER_PORT", Integer.toString(ports.of(Port.SAMPLE)),
                    "FRONTDESK_URL", gatewayUrl(),
                    "FRONTDESK_API_KEY", secrets.get(Secrets.SAMPLE_API_KEY));
        }
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("SERVER_PORT", Integer.toString(ports.of(service)));
        Port.managementOf(service)
                .ifPresent(port -> environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(ports.of(port))));
        environment.put("FRONTDESK_ENV", "local");
        environment.put("REDIS_URL", redisUrl());
        environment.put("KAFKA_SERVERS", kafkaServers());
        secret(environment, Secrets.IDENTITY_KEY);
        if (WITH_DATABASE.contains(service)) {
            environment.put("POSTGRES_URL", postgresUrl());
            secret(environment, Secrets.EVENTS_KEY);
        }
        switch (service) {
            case REGISTRATION -> secret(environment, Secrets.VERIFICATION_KEY);
            case NOTIFICATION -> {
                environment.put("SMTP_HOST", "127.0.0.1");
                environment.put("SMTP_PORT", Integer.toString(ports.of(Port.SMTP)));
            }
            case SESSION -> neighbour(environment, Port.REGISTRATION);
            case GATEWAY -> {
                secret(environment, Secrets.OPERATOR_KEY);
                secret(environment, Secrets.SIGNING_KEY);
                environment.put("FRONTDESK_SIGNING_ISSUER", gatewayUrl());
                neighbour(environment, Port.REGISTRATION);
                neighbour(environment, Port.SESSION);
                neighbour(environment, Port.NOTIFICATION);
                neighbour(environment, Port.CACHE);
            }
            case CACHE -> secret(environment, Secrets.CACHE_KEY);
            default -> {}
        }
        return environment;
    }

    private void secret(Map<String, String> environment, String name) {
        environment.put(name, secrets.get(name));
    }

    private void neighbour(Map<String, String> environment, Port service) {
        environment.put("FRONTDESK_SERVICES_" + service, http(service));
    }

    private String http(Port port) {
        return "http://127.0.0.1:" + ports.of(port);
    }
}
