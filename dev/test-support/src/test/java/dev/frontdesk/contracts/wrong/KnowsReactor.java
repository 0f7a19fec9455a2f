package dev.frontdesk.contracts.wrong;

import reactor.core.publisher.Mono;

record KnowsReactor(Mono<String> answer) {}
