/** Copies of API keys in Redis, which registration-service writes and gateways read, and signals about them. */
@NullMarked
package dev.frontdesk.kit.apikeys;

import org.jspecify.annotations.NullMarked;
