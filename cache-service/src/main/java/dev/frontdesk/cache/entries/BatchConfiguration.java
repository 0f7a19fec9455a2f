package dev.frontdesk.cache.entries;

import dev.frontdesk.cache.namespaces.EntriesProperties;
import dev.frontdesk.kit.web.LargerBodies;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Requests that store several entries may be as large as one that stores the largest entry; deletions of several are measured. */
@Configuration(proxyBeanMethods = false)
class BatchConfiguration {

    /** Besides the values themselves. */
    private static final int NAMES_AND_FIELDS = 64 * 1024;

    @Bean
    LargerBodies storedBatches(JsonMapper json, EntriesProperties properties) {
        int largest = Math.toIntExact(properties.maxSize().toBytes()) + NAMES_AND_FIELDS;
        return new LargerBodies(BatchController.PutRequest.class, largest, json);
    }

    @Bean
    MeterBinder patternThreads(PatternDeletion deletion) {
        return deletion.threadMetrics();
    }
}
