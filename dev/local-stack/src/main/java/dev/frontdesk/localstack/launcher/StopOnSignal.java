package dev.frontdesk.localstack.launcher;

/**
 * Stops the stack when this process receives Ctrl-C or TERM. The exit code is then 0, because the stop was requested; 1
 * if a process could not be stopped.
 */
final class StopOnSignal {

    private final Thread hook;

    private StopOnSignal(Thread hook) {
        this.hook = hook;
    }

    static StopOnSignal of(Stack stack, Console console) {
        Thread hook = new Thread(
                () -> {
                    console.say("Stopping");
                    // Java would exit with 130 or 143, as if the signal had killed it.
                    Runtime.getRuntime().halt(stack.end() ? 0 : 1);
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        return new StopOnSignal(hook);
    }

    void forget() {
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    /** For a caller that stops the stack itself. Never returns if a signal came first: its hook does the rest. */
    void giveWay() {
        try {
            forget();
        } catch (IllegalStateException e) {
            awaitTheHook();
        }
    }

    private void awaitTheHook() {
        while (true) {
            Pause.briefly();
        }
    }
}
