package dev.frontdesk.testsupport.servers;

import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The source of this JVM's servers, and the reason. */
record ServerChoice(Source source, String reason) {

    static final String PROPERTY = "frontdesk.test.servers";
    static final String VARIABLE = "FRONTDESK_TEST_SERVERS";

    enum Source {
        CONTAINERS,
        EMBEDDED
    }

    /** The system property has precedence over the environment; without either, Docker is checked. */
    static ServerChoice of(@Nullable String property, @Nullable String variable, BooleanSupplier dockerAnswers) {
        if (property != null && !property.isBlank()) {
            return asTold(PROPERTY, property, dockerAnswers);
        }
        if (variable != null && !variable.isBlank()) {
            return asTold(VARIABLE, variable, dockerAnswers);
        }
        return automatic(dockerAnswers);
    }

    private static ServerChoice asTold(String name, String wanted, BooleanSupplier dockerAnswers) {
        return switch (wanted.strip().toLowerCase(Locale.ROOT)) {
            case "auto" -> automatic(dockerAnswers);
            case "embedded" -> new ServerChoice(Source.EMBEDDED, name + " says so");
            case "containers" -> insisted(name, dockerAnswers);
            default ->
                throw new IllegalArgumentException(
                        name + " is " + wanted + ", and must be auto, containers or embedded");
        };
    }

    private static ServerChoice insisted(String name, BooleanSupplier dockerAnswers) {
        if (!dockerAnswers.getAsBoolean()) {
            throw new IllegalStateException(
                    name + " is containers, but no Docker engine answers (as \"docker info\" would show)");
        }
        return new ServerChoice(Source.CONTAINERS, name + " says so");
    }

    private static ServerChoice automatic(BooleanSupplier dockerAnswers) {
        return dockerAnswers.getAsBoolean()
                ? new ServerChoice(Source.CONTAINERS, "a Docker engine answers")
                : new ServerChoice(Source.EMBEDDED, "no Docker engine answers");
    }

    @Override
    public String toString() {
        return source.name().toLowerCase(Locale.ROOT) + ", because " + reason + " (" + PROPERTY + " or " + VARIABLE
                + " = auto, containers, embedded)";
    }
}
