package dev.frontdesk.registration.passwords;

/** Argon2id version 1.3 (RFC 9106). Blocks for tens of milliseconds; thread-safe. */
interface Argon2id {

    /** The caller wipes the password. */
    byte[] hash(byte[] password, byte[] salt, Argon2Parameters parameters, int length);
}
