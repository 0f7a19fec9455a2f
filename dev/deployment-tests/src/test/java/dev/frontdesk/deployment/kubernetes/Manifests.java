package dev.frontdesk.deployment.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frontdesk.deployment.services.Service;
import dev.frontdesk.deployment.services.Yaml;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** All objects that one `kubectl apply -k` sends. */
record Manifests(List<Manifest> all) {

    Manifests {
        all = List.copyOf(all);
    }

    static Manifests of(String yaml) {
        return new Manifests(Yaml.documents(yaml).stream().map(Manifest::new).toList());
    }

    Stream<Manifest> ofKind(String kind) {
        return all.stream().filter(manifest -> manifest.kind().equals(kind));
    }

    Optional<Manifest> find(String kind, String name) {
        return ofKind(kind).filter(manifest -> manifest.name().equals(name)).findFirst();
    }

    Stream<Manifest> workloads() {
        return all.stream().filter(Manifest::isWorkload);
    }

    /** The Deployments of the five services. */
    Stream<Manifest> services() {
        return all.stream().filter(manifest -> manifest.service().isPresent());
    }

    Manifest deployment(Service service) {
        return find("Deployment", service.title()).orElseThrow();
    }

    /** A copy with one error in it, to see a check fail. */
    Manifests with(String kind, String name, Consumer<ObjectNode> mistake) {
        mustHave(kind, name);
        return new Manifests(all.stream()
                .map(manifest -> {
                    if (!manifest.kind().equals(kind) || !manifest.name().equals(name)) {
                        return manifest;
                    }
                    ObjectNode copy = manifest.tree().deepCopy();
                    mistake.accept(copy);
                    return new Manifest(copy);
                })
                .toList());
    }

    /** The same in a Deployment's only container. */
    Manifests withContainer(Service service, Consumer<ObjectNode> mistake) {
        return with(
                "Deployment",
                service.title(),
                deployment -> mistake.accept((ObjectNode) deployment.at("/spec/template/spec/containers/0")));
    }

    Manifests withPod(Service service, Consumer<ObjectNode> mistake) {
        return with(
                "Deployment",
                service.title(),
                deployment -> mistake.accept((ObjectNode) deployment.at("/spec/template/spec")));
    }

    Manifests without(String kind, String name) {
        mustHave(kind, name);
        return new Manifests(all.stream()
                .filter(manifest ->
                        !manifest.kind().equals(kind) || !manifest.name().equals(name))
                .toList());
    }

    private void mustHave(String kind, String name) {
        if (find(kind, name).isEmpty()) {
            throw new IllegalArgumentException("There is no " + kind + " " + name);
        }
    }

    Manifests and(String yaml) {
        return new Manifests(
                Stream.concat(all.stream(), of(yaml).all().stream()).toList());
    }
}
