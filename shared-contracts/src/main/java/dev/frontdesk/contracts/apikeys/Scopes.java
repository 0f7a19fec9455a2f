package dev.frontdesk.contracts.apikeys;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The scopes of an API key, each once, in alphabetical order. */
public record Scopes(List<Scope> all) {

    public Scopes {
        all = all.stream().distinct().sorted().toList();
    }

    /**
     * Reads what another service wrote. A scope that this version does not know is left out: none of its endpoints needs
     * it.
     */
    public static Scopes known(Collection<String> texts) {
        return new Scopes(
                texts.stream().map(Scope::parse).flatMap(Optional::stream).toList());
    }

    /** Called for every request with a key. */
    public boolean allow(Scope needed) {
        for (Scope scope : all) {
            if (scope.includes(needed)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a key with these scopes may do everything that a key with the others may. */
    public boolean includeAll(Scopes others) {
        return others.all.stream().allMatch(this::allow);
    }

    public List<String> texts() {
        return all.stream().map(Scope::text).toList();
    }
}
