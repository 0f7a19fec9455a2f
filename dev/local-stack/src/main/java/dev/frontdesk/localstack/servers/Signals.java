package dev.frontdesk.localstack.servers;

import java.io.IOException;

/** Signals to processes that Java can't send: all except TERM and KILL. */
public final class Signals {

    private Signals() {}

    /**
     * Sends a signal by its name, such as {@code INT}. Does nothing if the process has ended. A negative id is a group.
     */
    public static void send(long pid, String signal) {
        try {
            // The shell's built-in kill: the program of that name is not installed everywhere.
            new ProcessBuilder("sh", "-c", "kill -s " + signal + " -- " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new ServerFailed("could not send " + signal + " to the process " + pid, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
