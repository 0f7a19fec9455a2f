package dev.frontdesk.kit.web;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.http.codec.CodecCustomizer;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.accept.RequestedContentTypeResolver;
import org.springframework.web.reactive.accept.RequestedContentTypeResolverBuilder;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** Configures what {@code spring.jackson} has no setting for. */
@AutoConfiguration(before = JacksonAutoConfiguration.class)
public class JsonAutoConfiguration {

    /** {@code allow-coercion-of-scalars=false} prevents "2" from becoming 2, but not 2 from becoming "2". */
    @Bean
    JsonMapperBuilderCustomizer onlyStringsAreStrings() {
        return json -> json.withCoercionConfig(LogicalType.Textual, strings -> {
            for (var other : new CoercionInputShape[] {
                CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean
            }) {
                strings.setCoercion(other, CoercionAction.Fail);
            }
        });
    }

    /**
     * Every response has one format and is sent in it whatever {@code Accept} says; RFC 9110 12.5.1 allows this. Spring
     * would check the header only after the work is done, and answer 406 instead of returning a token that is shown
     * once.
     */
    @Bean
    WebFluxConfigurer answersHaveOneForm() {
        return new WebFluxConfigurer() {
            @Override
            public void configureContentTypeResolver(RequestedContentTypeResolverBuilder builder) {
                builder.resolver(_ -> RequestedContentTypeResolver.MEDIA_TYPE_ALL_LIST);
            }
        };
    }

    /** Runs after Spring Boot's customizer, which sets a less strict decoder. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    CodecCustomizer onlyUtf8IsJson(JsonMapper json) {
        return codecs -> codecs.defaultCodecs().jacksonJsonDecoder(new Utf8JsonDecoder(json));
    }
}
