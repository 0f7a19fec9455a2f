package dev.frontdesk.loadtests.http;

import java.util.regex.Pattern;

/** An answer that a working installation does not give. */
public final class Unexpected extends RuntimeException {

    private static final Pattern PROBLEM = Pattern.compile("\"type\":\"[^\"]*/([a-z-]+)\"");

    public Unexpected(String what) {
        super(what);
    }

    static Unexpected status(Answer answer) {
        return new Unexpected("status " + answer.status() + " "
                + answer.body().lines().findFirst().orElse(""));
    }
}
