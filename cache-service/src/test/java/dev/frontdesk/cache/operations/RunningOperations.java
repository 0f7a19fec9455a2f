package dev.frontdesk.cache.operations;

import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import dev.frontdesk.cache.CacheClient;
import dev.frontdesk.cache.entries.StoredEntries;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** The whole service on random ports, where deletions are operations early, with origins on this machine. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@SpringBootTest(
        webEnvironment = RANDOM_PORT,
        properties = {
            "management.server.port=0",
            RunningOperations.LOCAL_ORIGINS,
            "frontdesk.cache.operations.deletions-from=100",
            "frontdesk.cache.operations.loads-per-second=500",
            "frontdesk.cache.quotas.tenants.small.size=1MB",
            "frontdesk.cache.quotas.tenants.small.keys=5"
        })
@Import({CacheClient.class, OperationsApi.class, StoredEntries.class})
@interface RunningOperations {

    String LOCAL_ORIGINS = "frontdesk.cache.namespaces.allowed-networks=127.0.0.1";
}
