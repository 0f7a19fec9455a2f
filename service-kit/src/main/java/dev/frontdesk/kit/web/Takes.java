package dev.frontdesk.kit.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what a handler reads of the query and of the body where its parameters do not say it: it takes all parameters as a
 * map, or reads the request itself. A service does not start where a handler takes the map and this is missing.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Takes {

    /** Names in the query; each may come once. */
    String[] query() default {};

    boolean body() default false;
}
