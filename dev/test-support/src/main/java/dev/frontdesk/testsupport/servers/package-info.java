/**
 * Real Redis, PostgreSQL, Kafka and SMTP for tests, from containers or from binaries, and the environment that a service
 * finds them by.
 *
 * <pre>{@code
 * @SpringBootTest(webEnvironment = RANDOM_PORT)
 * @WithServers({REDIS, KAFKA, POSTGRES})
 * class SignUpIT {}
 * }</pre>
 */
@NullMarked
package dev.frontdesk.testsupport.servers;

import org.jspecify.annotations.NullMarked;
