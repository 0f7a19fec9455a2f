package dev.frontdesk.gateway.limits;

/** One bucket: what it limits, and whose it is. */
record Bucket(Kind kind, String id) {

    /** What is limited; the names stand in Redis keys and in answers. */
    enum Kind {
        ADDRESS("address"),
        ACCOUNT("account");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }
}
