package dev.frontdesk.kit.direct;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpInputMessage;
import org.springframework.http.codec.HttpMessageReader;
import org.springframework.http.codec.ServerCodecConfigurer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The only reader of a direct exchange. Each exchange searches its readers for one of forms when it is made, and makes
 * an exception if there is none; direct handlers read the body themselves.
 */
final class UnreadForms implements HttpMessageReader<Object> {

    private UnreadForms() {}

    static ServerCodecConfigurer codecs() {
        var codecs = ServerCodecConfigurer.create();
        codecs.registerDefaults(false);
        codecs.customCodecs().register(new UnreadForms());
        return codecs;
    }

    @Override
    public List<MediaType> getReadableMediaTypes() {
        return List.of(MediaType.APPLICATION_FORM_URLENCODED);
    }

    @Override
    public boolean canRead(ResolvableType type, @Nullable MediaType mediaType) {
        return true;
    }

    @Override
    public Flux<Object> read(ResolvableType type, ReactiveHttpInputMessage message, Map<String, Object> hints) {
        return Flux.error(UnreadForms::notRead);
    }

    @Override
    public Mono<Object> readMono(ResolvableType type, ReactiveHttpInputMessage message, Map<String, Object> hints) {
        return Mono.error(UnreadForms::notRead);
    }

    private static IllegalStateException notRead() {
        return new IllegalStateException("a direct handler reads the body itself");
    }
}
