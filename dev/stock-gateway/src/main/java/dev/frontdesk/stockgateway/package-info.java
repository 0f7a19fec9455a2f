/** Spring Cloud Gateway as its documentation configures it: the baseline that the gateway is measured beside. */
@NullMarked
package dev.frontdesk.stockgateway;

import org.jspecify.annotations.NullMarked;
