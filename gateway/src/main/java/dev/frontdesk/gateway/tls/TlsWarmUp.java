package dev.frontdesk.gateway.tls;

import dev.frontdesk.kit.warmup.WarmUpConnection;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import org.springframework.stereotype.Component;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;

/** Warms up TLS and HTTP/2 too. The certificate is for another name; the requests contain no secret. */
@Component
final class TlsWarmUp implements WarmUpConnection {

    private final TlsProperties tls;

    TlsWarmUp(TlsProperties tls) {
        this.tls = tls;
    }

    @Override
    public HttpClient configure(HttpClient plain) {
        if (!tls.isOn()) {
            return plain;
        }
        var anyCertificate = Http2SslContextSpec.forClient()
                .configure(context -> context.trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .endpointIdentificationAlgorithm(null));
        return plain.protocol(HttpProtocol.H2, HttpProtocol.HTTP11).secure(spec -> spec.sslContext(anyCertificate));
    }
}
