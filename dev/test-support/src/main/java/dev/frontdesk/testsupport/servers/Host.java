package dev.frontdesk.testsupport.servers;

/** Where one server runs, and what can be done to it there. */
interface Host extends AutoCloseable {

    /** The name or address that clients of this JVM reach it by. */
    String name();

    /** Stays the same for as long as this host lives, whatever happens to the server. */
    int port();

    /** Ends the server, in an orderly way if it obeys within seconds; what it has on disk stays. */
    void stop();

    /** Starts what was stopped. Returns before the server answers. */
    void start();

    /** Freezes the server: connections stay open, and nothing is answered. */
    void pause();

    void resume();

    /** @throws IllegalStateException with what the server said last, if it ended by itself */
    void checkAlive();

    /** Ends the server for good, with its data. */
    @Override
    void close();
}
