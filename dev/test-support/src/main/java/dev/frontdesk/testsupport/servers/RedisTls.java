package dev.frontdesk.testsupport.servers;

import java.nio.file.Path;

/** A real Redis that accepts only TLS, from one ACL user whose password needs escaping. */
public final class RedisTls extends TestServer {

    static final String USER = "app";
    static final String PASSWORD = "only/for:tests@%?#";
    private static final String ESCAPED = "only%2Ffor%3Atests%40%25%3F%23";

    private final Certificates certificates;

    RedisTls(Host host, Certificates certificates) {
        super(host);
        this.certificates = certificates;
    }

    /** {@code rediss://user:password@host:port/3?sslrootcert=file}. */
    public String url() {
        return address() + "?sslrootcert=" + ca();
    }

    /** The same without the certificate authority that verifies it. */
    public String address() {
        return "rediss://" + USER + ":" + ESCAPED + "@" + host() + ":" + port() + "/3";
    }

    /** PEM of the authority that signed the server's certificate. */
    public Path ca() {
        return certificates.ca();
    }

    @Override
    boolean answers() {
        return Greeting.isOpen(host(), port());
    }
}
