package dev.frontdesk.localstack.parts;

/** A port in the environment is invalid. The message is one line for a person. */
public final class WrongPort extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WrongPort(String message) {
        super(message);
    }
}
