package dev.frontdesk.cache.operations;

import java.time.Duration;

/**
 * What a chunk of work has done.
 *
 * @param next whether and where the operation goes on
 * @param done keys that it is through with
 * @param changed entries that were loaded or deleted
 * @param failed keys that could not be loaded
 */
record Progress(Next next, long done, long changed, long failed) {

    /** How an operation goes on. */
    sealed interface Next {

        /** @param pause until the next chunk */
        record At(String cursor, Duration pause) implements Next {}

        /** There is nothing left to do. */
        record Done() implements Next {}

        /** @param reason a sentence for the client */
        record Failed(String reason) implements Next {}
    }
}
