package dev.frontdesk.kit.right;

import reactor.kafka.receiver.ReceiverOptions;

record Listens(ReceiverOptions<String, String> options) {}
