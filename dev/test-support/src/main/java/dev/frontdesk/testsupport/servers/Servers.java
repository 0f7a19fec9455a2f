package dev.frontdesk.testsupport.servers;

/** Starts servers from one source. Each call starts another one, and returns when it answers. */
interface Servers {

    Redis redis();

    Postgres postgres();

    Kafka kafka();

    Smtp smtp();
}
