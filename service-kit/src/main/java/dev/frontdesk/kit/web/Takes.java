package dev.frontdesk.kit.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares what a handler reads of the query and the body when its parameters do not show it: it accepts all parameters
 * as a map, or reads the request itself. A service does not start if a handler accepts such a map without this
 * annotation.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Takes {

    /** Names of the query parameters; each may be given once. */
    String[] query() default {};

    boolean body() default false;
}
