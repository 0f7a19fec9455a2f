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

    /**
     * From now on it refuses writes that add data with OOM, as with {@code maxmemory} reached and {@code noeviction}.
     */
    public void fill() {
        boundMemory("1");
    }

    /** Ends {@link #fill}. */
    public void makeRoom() {
        boundMemory("0");
    }

    /** @param bytes of maxmemory; 0 means no limit */
    private void boundMemory(String bytes) {
        var answer = Greeting.of(host(), port(), "CONFIG SET maxmemory " + bytes + "\r\n");
        if (!answer.equals("+OK")) {
            throw new IllegalStateException("Redis did not take maxmemory " + bytes + ": " + answer);
        }
    }

    @Override
    boolean answers() {
        return Greeting.of(host(), port(), "PING\r\n").startsWith("+PONG");
    }
}
