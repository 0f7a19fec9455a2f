package dev.frontdesk.gateway.limits;

/** One token bucket: what it limits, and its owner. */
record Bucket(Kind kind, String id) {

    /** What is limited; the labels appear in Redis keys and in responses. */
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
