package dev.frontdesk.notification.intake;

import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.ProblemException.FieldError;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A refusal in one line, for whoever gets no answer. */
final class Refusal {

    private Refusal() {}

    static String of(ProblemException problem) {
        List<FieldError> errors = errors(problem);
        return errors.isEmpty()
                ? String.valueOf(problem.getBody().getDetail())
                : errors.stream()
                        .map(error -> error.field() + " " + error.message())
                        .collect(Collectors.joining("; "));
    }

    static boolean names(ProblemException problem, String field) {
        return errors(problem).stream().anyMatch(error -> error.field().equals(field));
    }

    private static List<FieldError> errors(ProblemException problem) {
        Map<String, Object> properties = problem.getBody().getProperties();
        return properties != null && properties.get("errors") instanceof List<?> errors
                ? errors.stream()
                        .filter(FieldError.class::isInstance)
                        .map(FieldError.class::cast)
                        .toList()
                : List.of();
    }
}
