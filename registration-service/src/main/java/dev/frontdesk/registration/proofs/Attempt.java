package dev.frontdesk.registration.proofs;

import dev.frontdesk.kit.postgres.Rows;
import io.r2dbc.spi.Readable;

/** A code that was compared with what somebody has sent. */
record Attempt(boolean proves, Proof proof) {

    static Attempt read(Readable row) {
        return new Attempt(Rows.required(row, "proved", Boolean.class), ProofRow.read(row));
    }
}
