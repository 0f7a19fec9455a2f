package dev.frontdesk.deployment.compose;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.deployment.services.Repository;
import dev.frontdesk.deployment.services.Service;
import dev.frontdesk.deployment.services.Yaml;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules for docker-compose.yml. Each rule returns the violations. */
final class ComposeRules {

    private static final Map<String, String> IMAGES = Map.of(
            "postgres", "postgres:17",
            "redis", "redis:8",
            "kafka", "apache/kafka:4.1.1",
            "mail", "greenmail/standalone:2.1.13");

    private static final Set<String> STORES = Set.of("postgres", "redis", "kafka");
    private static final Set<String> PUBLISHED = Set.of("gateway", "mail");

    /** {@code ${NAME:?why}}: compose refuses to start without the variable. */
    private static final Pattern REQUIRED = Pattern.compile("\\$\\{([A-Z_]+):\\?[^}]*}");

    private static final Pattern SECRET_NAME = Pattern.compile(".*(KEY|PASSWORD|SECRET|TOKEN|CREDENTIAL).*");
    private static final Pattern ADDRESS = Pattern.compile("\\w+://(.*)@[^@]*");

    private ComposeRules() {}

    static List<String> images(Compose compose) {
        var faults = new ArrayList<String>();
        compose.services().forEach((name, service) -> {
            String image = service.path("image").asText();
            boolean right = Service.titled(name).isPresent()
                    ? image.startsWith("frontdesk/" + name + ":") && service.has("build")
                    : image.equals(IMAGES.get(name));
            if (!right) {
                faults.add(name + " runs " + image);
            }
        });
        for (Service service : Service.values()) {
            if (!compose.services().containsKey(service.title())) {
                faults.add(service.title() + " is missing");
            }
        }
        return faults;
    }

    /** The same rule as for Kubernetes. */
    static List<String> variables(Compose compose) {
        var faults = new ArrayList<String>();
        ours(compose).forEach((service, tree) -> {
            Set<String> given = Compose.environment(tree).keySet();
            given.stream()
                    .filter(variable -> !service.reads(variable))
                    .forEach(variable -> faults.add(service.title() + " does not read " + variable));
            service.required().stream()
                    .filter(variable -> !given.contains(variable))
                    .forEach(variable -> faults.add(service.title() + " is not given " + variable));
        });
        return faults;
    }

    /** @param made the names that dev/make-secrets writes */
    static List<String> secrets(Compose compose, Set<String> made) {
        var faults = new ArrayList<String>();
        compose.services()
                .forEach((name, service) -> Compose.environment(service).forEach((variable, value) -> {
                    var address = ADDRESS.matcher(value);
                    boolean left = value.equals("${" + variable + ":-}") && mayBeMissing(name, variable);
                    if (address.matches()) {
                        String userInfo = address.group(1);
                        check(name, variable, userInfo.substring(userInfo.indexOf(':') + 1), made, faults);
                    } else if (isSecret(name, variable) && !left) {
                        check(name, variable, value, made, faults);
                    }
                }));
        return faults;
    }

    private static boolean isSecret(String name, String variable) {
        return SECRET_NAME.matcher(variable).matches()
                || Service.titled(name)
                        .filter(service -> service.secrets().contains(variable))
                        .isPresent();
    }

    private static boolean mayBeMissing(String name, String variable) {
        return Service.titled(name)
                .filter(service -> !service.required().contains(variable))
                .isPresent();
    }

    private static void check(String name, String variable, String value, Set<String> made, List<String> faults) {
        var required = REQUIRED.matcher(value);
        if (!required.matches()) {
            faults.add(name + " has " + variable + " written out, or a default for it");
        } else if (!made.contains(required.group(1))) {
            faults.add(name + " wants " + required.group(1) + ", which dev/make-secrets does not write");
        }
    }

    static List<String> health(Compose compose) {
        boolean imageHasOne = Repository.text("Dockerfile").contains("\nHEALTHCHECK ");
        var faults = new ArrayList<String>();
        compose.services().forEach((name, service) -> {
            boolean inherits = imageHasOne && Service.titled(name).isPresent() && !service.has("healthcheck");
            if (!inherits && service.at("/healthcheck/test").isMissingNode()) {
                faults.add(name + " has no healthcheck");
            }
            service.path("depends_on").forEach(condition -> {
                if (!condition.path("condition").asText().equals("service_healthy")) {
                    faults.add(name + " does not wait until what it needs is healthy");
                }
            });
        });
        ours(compose)
                .forEach((service, tree) -> STORES.stream()
                        .filter(store -> Compose.environment(tree).values().stream()
                                .anyMatch(value -> value.contains(store + ":")))
                        .filter(store -> !tree.path("depends_on").has(store))
                        .forEach(store -> faults.add(service.title() + " does not wait for " + store)));
        return faults;
    }

    static List<String> limits(Compose compose) {
        return compose.services().entrySet().stream()
                .filter(service -> !service.getValue().has("mem_limit"))
                .map(service -> service.getKey() + " may take all memory")
                .toList();
    }

    static List<String> ports(Compose compose) {
        var faults = new ArrayList<String>();
        compose.services().forEach((name, service) -> {
            List<String> ports =
                    Yaml.each(service.path("ports")).map(JsonNode::asText).toList();
            if (!ports.isEmpty() && !PUBLISHED.contains(name)) {
                faults.add(name + " publishes a port");
            }
            if (ports.stream().anyMatch(port -> !port.endsWith(":8080"))) {
                faults.add(name + " publishes another port than its 8080");
            }
            if (name.equals("mail") && ports.stream().anyMatch(port -> !port.startsWith("127.0.0.1:"))) {
                faults.add("mail publishes its inbox to the network");
            }
            if (service.path("network_mode").asText().equals("host")) {
                faults.add(name + " is on the host's network");
            }
        });
        return faults;
    }

    static List<String> volumes(Compose compose) {
        return STORES.stream()
                .filter(store -> Yaml.each(compose.file().at("/services/" + store + "/volumes"))
                        .map(volume -> volume.asText().split(":")[0])
                        .noneMatch(volume -> compose.file().path("volumes").has(volume)))
                .map(store -> store + " keeps its data in no named volume")
                .toList();
    }

    static List<String> writing(Compose compose) {
        var faults = new ArrayList<String>();
        ours(compose).forEach((service, tree) -> {
            if (!tree.path("read_only").asBoolean()) {
                faults.add(service.title() + " may write to its image");
            }
            if (Yaml.each(tree.path("tmpfs"))
                    .noneMatch(folder -> folder.asText().split(":")[0].equals("/tmp"))) {
                faults.add(service.title() + " has no /tmp of its own");
            }
            if (Yaml.each(tree.path("cap_drop"))
                    .noneMatch(capability -> capability.asText().equals("ALL"))) {
                faults.add(service.title() + " keeps capabilities");
            }
        });
        return faults;
    }

    private static Map<Service, JsonNode> ours(Compose compose) {
        var ours = new EnumMap<Service, JsonNode>(Service.class);
        compose.services().forEach((name, tree) -> Service.titled(name).ifPresent(service -> ours.put(service, tree)));
        return ours;
    }
}
