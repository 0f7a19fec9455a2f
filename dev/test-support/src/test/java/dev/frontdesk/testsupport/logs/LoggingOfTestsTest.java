package dev.frontdesk.testsupport.logs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.LoggingSystem;

class LoggingOfTestsTest {

    @RegisterExtension
    final LogCapture logs = new LogCapture();

    @Test
    void isNotSuppressedWhileAContextStarts() {
        LoggingSystem.get(getClass().getClassLoader()).beforeInitialize();
        LoggerFactory.getLogger(getClass()).warn("seen");
        assertThat(logs.lines()).anyMatch(line -> line.contains("seen"));
    }
}
