package dev.frontdesk.registration.proofs;

/** What a proof is good for, and for nothing else. */
public enum Purpose {
    /** That who forgot a password reads the account's mail; counted by address, whether it has an account or not. */
    PASSWORD_RESET("password-reset"),
    /** That the owner reads the mail of another address; counted by account. */
    ADDRESS_CHANGE("address-change"),
    /** That who holds a session knows the password too; counted by account. */
    REAUTHENTICATION("reauthentication");

    private final String key;

    Purpose(String key) {
        this.key = key;
    }

    /** Its name in the table, in an HMAC and in a seal. */
    public String key() {
        return key;
    }
}
