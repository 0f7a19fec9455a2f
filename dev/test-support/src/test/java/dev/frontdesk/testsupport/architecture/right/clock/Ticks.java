package dev.frontdesk.testsupport.architecture.right.clock;

import reactor.core.publisher.Mono;

public interface Ticks {

    Mono<Long> next();
}
