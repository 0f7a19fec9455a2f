package dev.frontdesk.registration.proofs;

/** What a proof is valid for; it is valid for nothing else. */
public enum Purpose {
    /**
     * Proves that a user who forgot the password reads the account's mail. Counted by address, whether it has an
     * account or not.
     */
    PASSWORD_RESET("password-reset"),
    /** Proves that the owner reads the mail of another address. Counted by account. */
    ADDRESS_CHANGE("address-change"),
    /** Proves that the holder of a session also knows the password. Counted by account. */
    REAUTHENTICATION("reauthentication");

    private final String key;

    Purpose(String key) {
        this.key = key;
    }

    /** The name used in the table, in HMACs and in seals. */
    public String key() {
        return key;
    }
}
