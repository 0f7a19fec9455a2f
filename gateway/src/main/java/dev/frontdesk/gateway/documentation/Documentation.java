package dev.frontdesk.gateway.documentation;

import java.time.Duration;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/**
 * What there is below {@code /docs}, as it was when the gateway was built. It is read and converted at the first request, because
 * it would delay the start of every gateway, and in a thread of its own, because that would block an event loop.
 */
@Component
final class Documentation implements DisposableBean {

    private static final MediaType YAML = new MediaType("application", "yaml");
    private static final Duration FOR_EVER = Duration.ofMillis(Long.MAX_VALUE);

    private final Scheduler reading = Schedulers.newBoundedElastic(1, 100, "documentation", 60, true);
    private final Mono<StaticFile> openApi = once(file("openapi.yaml"));
    private final Mono<StaticFile> openApiAsJson =
            once(openApi.publishOn(reading).map(Documentation::asJson));
    private final Mono<StaticFile> asyncApi = once(file("asyncapi.yaml"));
    private final Mono<PageAssets> assets =
            once(Mono.fromSupplier(PageAssets::new).subscribeOn(reading));
    private final Mono<DocumentationPage> page = once(Mono.zip(assets, asyncApi)
            .publishOn(reading)
            .map(read -> new DocumentationPage(read.getT1(), PackedYaml.contentOf(read.getT2()))));

    private Mono<StaticFile> file(String name) {
        return Mono.fromSupplier(() -> StaticFile.packed(name, YAML)).subscribeOn(reading);
    }

    private static StaticFile asJson(StaticFile yaml) {
        return new StaticFile(
                MediaType.APPLICATION_JSON, JsonMapper.shared().writeValueAsBytes(PackedYaml.contentOf(yaml)));
    }

    private static <T> Mono<T> once(Mono<T> read) {
        return read.cache(_ -> FOR_EVER, _ -> Duration.ZERO, () -> Duration.ZERO);
    }

    Mono<DocumentationPage> page() {
        return page;
    }

    Mono<PageAssets> assets() {
        return assets;
    }

    Mono<StaticFile> openApi() {
        return openApi;
    }

    Mono<StaticFile> openApiAsJson() {
        return openApiAsJson;
    }

    Mono<StaticFile> asyncApi() {
        return asyncApi;
    }

    @Override
    public void destroy() {
        reading.dispose();
    }
}
