/** PostgreSQL, Redis, Kafka and SMTP: one small class for each that starts the real server without a container. */
@NullMarked
package dev.frontdesk.localstack.servers;

import org.jspecify.annotations.NullMarked;
