package dev.frontdesk.gateway.tls;

/** A certificate or its key can't be used. The message says which file is wrong and how; it contains nothing of a key. */
final class InvalidCertificateException extends RuntimeException {

    InvalidCertificateException(String message) {
        super(message);
    }
}
