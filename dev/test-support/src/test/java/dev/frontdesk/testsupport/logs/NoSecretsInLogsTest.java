package dev.frontdesk.testsupport.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class NoSecretsInLogsTest {

    private static final String SECRET = "s3cret & more";
    private static final Logger OURS = LoggerFactory.getLogger("dev.frontdesk.some.feature");
    private static final Logger THEIRS = LoggerFactory.getLogger("org.example.library");

    private final NoSecretsInLogs logs = new NoSecretsInLogs();

    static Stream<Consumer<Logger>> leaks() {
        return Stream.of(
                log -> log.info("password " + SECRET),
                log -> log.info("password {}", SECRET),
                log -> log.trace("password {}", SECRET),
                log -> log.info("GET /x?password=s3cret+%26+more"),
                log -> log.info("no place for it", SECRET),
                log -> log.atInfo().addKeyValue("password", SECRET).log("hello"),
                log -> log.warn("failed", new IllegalStateException("password " + SECRET)),
                log -> log.warn("failed", new IllegalStateException(new IllegalArgumentException(SECRET))),
                log -> {
                    try (var ignored = MDC.putCloseable("password", SECRET)) {
                        log.info("hello");
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("leaks")
    void findsASecretWhereverItIs(Consumer<Logger> leak) {
        assertThatThrownBy(() -> during(() -> leak.accept(OURS), SECRET))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("A secret was logged:")
                .hasMessageContaining("dev.frontdesk.some.feature");
    }

    @Test
    void findsWhatALibraryLogs() {
        assertThatThrownBy(() -> during(() -> THEIRS.warn("password {}", SECRET), SECRET))
                .hasMessageContaining("org.example.library");
    }

    @ParameterizedTest
    @ValueSource(strings = {"code 123456", "code=123456,", "{\"code\":\"123456\"}"})
    void findsACodeOfDigits(String line) {
        assertThatThrownBy(() -> during(() -> OURS.info(line), "123456")).hasMessageContaining(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"trace 9f1234560a", "offset 91234567", "hello"})
    void letsOtherLinesPass(String line) {
        assertThatCode(() -> during(() -> OURS.info(line), "123456")).doesNotThrowAnyException();
    }

    @Test
    void givesTheLevelBack() {
        var ours = (ch.qos.logback.classic.Logger) LoggerFactory.getLogger("dev.frontdesk");
        var before = ours.getLevel();
        try {
            ours.setLevel(Level.WARN);
            during(() -> assertThat(OURS.isTraceEnabled()).isTrue(), SECRET);

            assertThat(ours.getLevel()).isEqualTo(Level.WARN);
        } finally {
            ours.setLevel(before);
        }
    }

    @Test
    void doesNotTakeLostLinesForCleanOnes() {
        var root = (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

        assertThatThrownBy(() -> during(() -> newest(root).ifPresent(root::detachAppender), SECRET))
                .hasMessageContaining("set up anew");
    }

    @Test
    void refusesASecretThatIsFoundEverywhere() {
        assertThatThrownBy(() -> logs.mustNotTell("no ")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Optional<Appender<ILoggingEvent>> newest(ch.qos.logback.classic.Logger logger) {
        var newest = Optional.<Appender<ILoggingEvent>>empty();
        for (var appenders = logger.iteratorForAppenders(); appenders.hasNext(); ) {
            newest = Optional.of(appenders.next());
        }
        return newest;
    }

    private void during(Runnable test, String secret) {
        logs.attach();
        test.run();
        assertThat(logs.mustNotTell(secret)).isEqualTo(secret);
        logs.detachAndCheck();
    }
}
