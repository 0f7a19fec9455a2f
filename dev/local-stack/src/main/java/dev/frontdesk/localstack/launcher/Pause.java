package dev.frontdesk.localstack.launcher;

/** Between two looks at something that only time changes. */
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
