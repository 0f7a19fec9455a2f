package dev.frontdesk.loadtests.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A response that a working installation does not give. */
public final class Unexpected extends RuntimeException {

    private static final Pattern PROBLEM = Pattern.compile("\"type\":\"[^\"]*/([a-z-]+)\"");

    public Unexpected(String what) {
        super(what);
    }

    /** Contains the type of the problem and not the body, so that equal failures are counted as one. */
    static Unexpected status(Answer answer) {
        Matcher problem = PROBLEM.matcher(answer.body());
        return new Unexpected("status " + answer.status() + (problem.find() ? " " + problem.group(1) : ""));
    }
}
