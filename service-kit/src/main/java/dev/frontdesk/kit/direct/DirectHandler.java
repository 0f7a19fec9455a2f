package dev.frontdesk.kit.direct;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a handler of a request that is so frequent that Spring's way to its handler would cost more than its work. It
 * is mapped like any other handler, has one {@code ServerWebExchange} as its only parameter, writes the response itself
 * and returns {@code Mono<Void>}. Its input is declared with {@link dev.frontdesk.kit.web.Takes}. What is particular
 * about a request (another method, an unusual spelling of the fixed begin of the path or of the content type) still goes through Spring,
 * which calls the same handler or refuses the request.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface DirectHandler {}
