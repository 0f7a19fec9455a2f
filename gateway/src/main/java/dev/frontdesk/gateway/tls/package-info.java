/** TLS on the public port: the certificate and its replacement, HTTP/2, and limits of handshakes. */
@NullMarked
package dev.frontdesk.gateway.tls;

import org.jspecify.annotations.NullMarked;
