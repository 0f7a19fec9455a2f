package dev.frontdesk.deployment.kubernetes;

import dev.frontdesk.deployment.services.ManifestCopy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The manifests of the folders of k8s/, rendered once from a copy with secrets from dev/make-secrets. */
enum Rendering {
    BASE("k8s/base"),
    LOCAL("k8s/overlays/local"),
    PRODUCTION("k8s/overlays/production");

    private final String folder;
    private volatile Manifests manifests = new Manifests(List.of());

    Rendering(String folder) {
        this.folder = folder;
    }

    /** Rendered by kubectl if it is installed, else by our own code. */
    synchronized Manifests manifests() {
        if (manifests.all().isEmpty()) {
            manifests = hasKubectl() ? byKubectl() : byOurselves();
        }
        return manifests;
    }

    Manifests byKubectl() {
        return Manifests.of(ManifestCopy.run(
                "kubectl", "kustomize", ManifestCopy.FOLDER.resolve(folder).toString()));
    }

    Manifests byOurselves() {
        return Kustomization.render(ManifestCopy.FOLDER.resolve(folder));
    }

    /** Overlays are complete; the base lacks what they add. */
    static Stream<Rendering> overlays() {
        return Stream.of(LOCAL, PRODUCTION);
    }

    static boolean hasKubectl() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "kubectl")));
    }
}
