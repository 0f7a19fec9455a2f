package dev.frontdesk.cache.widgets;

import dev.frontdesk.cache.entries.EntryChanges.Deleted;
import dev.frontdesk.cache.entries.EntryResponses;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;

/** The responses of both controllers of widgets. */
final class WidgetResponses {

    private WidgetResponses() {}

    static ProblemException missingState() {
        return new ProblemException(ProblemType.NOT_FOUND, "State of the widget not found.");
    }

    static ProblemException missingData() {
        return new ProblemException(ProblemType.NOT_FOUND, "Data of the widget not found.");
    }

    /** Returns 204 if there was something, 404 if not; 412 if a precondition does not hold. */
    static ResponseEntity<Void> deleted(Deleted deleted, Supplier<ProblemException> missing) {
        return switch (deleted) {
            case DELETED -> ResponseEntity.noContent().build();
            case MISSING -> throw missing.get();
            case REFUSED -> throw EntryResponses.refused();
        };
    }
}
