package dev.frontdesk.localstack.launcher;

/** The wait between two checks in a polling loop. */
final class Pause {

    private Pause() {}

    static void briefly() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
