package dev.frontdesk.kit.web;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Valid JSON that {@link StorableJson} can't hold. The original message states the problem as the end of a sentence
 * about the field.
 */
public final class UnstorableJsonException extends MismatchedInputException {

    UnstorableJsonException(JsonParser parser, String what) {
        super(parser, what);
    }
}
