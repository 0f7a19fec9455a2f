package dev.frontdesk.registration.passwords;

/**
 * The cost of one hash.
 *
 * @param memory KiB
 * @param iterations passes over that memory
 * @param lanes computed one after the other here, whatever their number
 */
record Argon2Parameters(int memory, int iterations, int lanes) {

    Argon2Parameters {
        if (lanes < 1 || iterations < 1 || memory < 8L * lanes) {
            throw new IllegalArgumentException("Argon2 needs 8 KiB of memory per lane, 1 iteration and 1 lane");
        }
    }
}
