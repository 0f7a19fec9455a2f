package dev.frontdesk.kit.events;

import dev.frontdesk.kit.values.Graphemes;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;

/** What may be shown of an error in addition to its class: the place of the error, never the data. */
final class DeadLetterDetail {

    private static final int LONGEST = 200;

    private DeadLetterDetail() {}

    static @Nullable String of(Throwable reason) {
        return switch (reason) {
            case InvalidEventException unfit -> shortened(String.valueOf(unfit.getMessage()));
            case StreamReadException malformed -> "not JSON" + place(malformed);
            case JacksonException mismatch
            when !mismatch.getPath().isEmpty() -> shortened("missing or wrong: " + path(mismatch));
            default -> null;
        };
    }

    private static String place(StreamReadException malformed) {
        var place = malformed.getLocation();
        return place == null ? "" : ", line " + place.getLineNr() + ", column " + place.getColumnNr();
    }

    private static String path(JacksonException mismatch) {
        return mismatch.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .collect(Collectors.joining("."));
    }

    private static String shortened(String text) {
        return Graphemes.cut(text.replaceAll("\\p{Cntrl}+", " "), LONGEST);
    }
}
