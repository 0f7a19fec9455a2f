package dev.frontdesk.registration.proofs;

import dev.frontdesk.kit.postgres.Rows;
import io.r2dbc.spi.Readable;

/** A stored code after the comparison with a submitted one. */
record ProofAttempt(boolean proves, Proof proof) {

    static ProofAttempt read(Readable row) {
        return new ProofAttempt(Rows.required(row, "proved", Boolean.class), ProofRow.read(row));
    }
}
