package dev.frontdesk.loadtests.http;

/** An answer that a working installation does not give. */
public final class Unexpected extends RuntimeException {

    public Unexpected(String what) {
        super(what);
    }

    static Unexpected status(Answer answer) {
        return new Unexpected("status " + answer.status() + " "
                + answer.body().lines().findFirst().orElse(""));
    }
}
