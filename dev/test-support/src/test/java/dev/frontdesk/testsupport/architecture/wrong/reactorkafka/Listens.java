package dev.frontdesk.testsupport.architecture.wrong.reactorkafka;

import reactor.kafka.receiver.ReceiverOptions;

record Listens(ReceiverOptions<String, String> options) {}
