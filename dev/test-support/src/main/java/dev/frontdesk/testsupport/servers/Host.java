package dev.frontdesk.testsupport.servers;

/** Where one server runs, and the operations on it. */
interface Host extends AutoCloseable {

    /** The name or address under which clients of this JVM reach it. */
    String name();

    /** Stays the same for the life of this host, whatever happens to the server. */
    int port();

    /** Stops the server, in an orderly way if it reacts within seconds; its data on disk stays. */
    void stop();

    /** Starts it after a stop. Returns before the server answers. */
    void start();

    /** Freezes the server: connections stay open but get no answer. */
    void pause();

    void resume();

    /** @throws IllegalStateException with the last output of the server, if it ended by itself */
    void checkAlive();

    /** Stops the server for good and deletes its data. */
    @Override
    void close();
}
