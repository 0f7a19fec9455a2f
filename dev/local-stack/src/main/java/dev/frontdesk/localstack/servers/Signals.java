package dev.frontdesk.localstack.servers;

import java.io.IOException;

/** What Java cannot say to a process: signals other than TERM and KILL. */
public final class Signals {

    private Signals() {}

    /** Sends a signal by its name, such as {@code INT}. Nothing happens when the process has ended. Negative: its group. */
    public static void send(long pid, String signal) {
        try {
            // The shell's own kill: the program of that name is not installed everywhere.
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
