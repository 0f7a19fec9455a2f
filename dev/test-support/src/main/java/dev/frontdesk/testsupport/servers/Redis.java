package dev.frontdesk.testsupport.servers;

/** A real Redis without a password. */
public final class Redis extends TestServer {

    Redis(Host host) {
        super(host);
    }

    /** {@code redis://host:port}. */
    public String url() {
        return "redis://" + host() + ":" + port();
    }

    @Override
    boolean answers() {
        return Greeting.of(host(), port(), "PING\r\n").startsWith("+PONG");
    }
}
