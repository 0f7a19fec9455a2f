package dev.frontdesk.cache.widgets;

import dev.frontdesk.cache.namespaces.EntriesProperties;
import dev.frontdesk.kit.web.LargerBodies;
import dev.frontdesk.kit.web.StorableJson;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** A widget may be as large as an entry, and its state as a whole too. */
@Configuration(proxyBeanMethods = false)
class WidgetsConfiguration {

    WidgetsConfiguration(WidgetsProperties widgets, EntriesProperties entries) {
        widgets.requireAtMost(entries.longestTtl());
    }

    @Bean
    LargerBodies largeStates(JsonMapper json, EntriesProperties entries) {
        return new LargerBodies(StateRequest.class, largest(entries), json);
    }

    @Bean
    LargerBodies largeData(JsonMapper json, EntriesProperties entries) {
        return new LargerBodies(StorableJson.class, largest(entries), json);
    }

    private static int largest(EntriesProperties entries) {
        return Math.toIntExact(entries.maxSize().toBytes());
    }
}
