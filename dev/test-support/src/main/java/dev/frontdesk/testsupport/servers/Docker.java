package dev.frontdesk.testsupport.servers;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/** The Docker engine that Testcontainers finds, if there is one. */
final class Docker {

    private Docker() {}

    /** Without the error that Testcontainers logs if there is none, because usually that is no error. */
    static boolean answers() {
        if (!(LoggerFactory.getLogger("org.testcontainers") instanceof Logger logger)) {
            return DockerClientFactory.instance().isDockerAvailable();
        }
        var before = logger.getLevel();
        logger.setLevel(Level.OFF);
        try {
            return DockerClientFactory.instance().isDockerAvailable();
        } finally {
            logger.setLevel(before);
        }
    }
}
