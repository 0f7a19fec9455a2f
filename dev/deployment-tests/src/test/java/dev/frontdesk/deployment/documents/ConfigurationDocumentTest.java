package dev.frontdesk.deployment.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.deployment.services.Repository;
import dev.frontdesk.deployment.services.Service;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConfigurationDocumentTest {

    private final ConfigurationDocument document = new ConfigurationDocument(Repository.text("docs/configuration.md"));

    @Test
    void listsEveryVariableThatAServiceLists() {
        assertThat(document.variables())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Service.values())
                        .flatMap(service -> service.list().variables().stream())
                        .map(variable -> variable.name())
                        .collect(Collectors.toSet()));
    }

    @Test
    void listsExactlyThePropertiesThatAreRead() {
        assertThat(ours().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        EffectiveDefaults.of(EffectiveDefaults.modules()).keySet());
    }

    @Test
    void saysTheirDefaults() {
        Map<String, String> documented = ours();
        documented.replaceAll((_, value) -> plain(value));
        Map<String, String> real = EffectiveDefaults.of(EffectiveDefaults.modules());

        assertThat(documented).isEqualTo(real);
    }

    @Test
    void readsShortenedNames() {
        var example = new ConfigurationDocument("""
                | Variable | Who |
                |---|---|
                | `A_ONE`, `…_TWO` | all |

                | Property `frontdesk.x.…` | Default | What |
                |---|---|---|
                | `limits.refill`, `.capacity` | 50/s, 100 | |
                | `sizes.read`, `.write` | 1s | |
                """);

        assertThat(example.variables()).containsExactly("A_ONE", "A_TWO");
        assertThat(example.defaults())
                .isEqualTo(Map.of(
                        "frontdesk.x.limits.refill", "50/s",
                        "frontdesk.x.limits.capacity", "100",
                        "frontdesk.x.sizes.read", "1s",
                        "frontdesk.x.sizes.write", "1s"));
    }

    private Map<String, String> ours() {
        var ours = new TreeMap<>(document.defaults());
        ours.keySet().removeIf(name -> !name.startsWith("frontdesk."));
        return ours;
    }

    /** Without the unit, which is only for readers. */
    private static String plain(String value) {
        return value.equals("none") ? "" : value.replaceFirst("/s$", "").replaceFirst(" KiB$", "");
    }
}
