package dev.frontdesk.testsupport.concurrency;

import java.time.Duration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Gives each Spring context event loops of its own. By default all contexts of a JVM share them, and the first context
 * that closes stops them for all.
 */
final class OwnEventLoops implements ApplicationContextInitializer<GenericApplicationContext> {

    @Override
    public void initialize(GenericApplicationContext context) {
        context.registerBean(ReactorResourceFactory.class, OwnEventLoops::resources);
    }

    private static ReactorResourceFactory resources() {
        var resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        // By then the server and its clients have stopped.
        resources.setShutdownQuietPeriod(Duration.ZERO);
        return resources;
    }
}
