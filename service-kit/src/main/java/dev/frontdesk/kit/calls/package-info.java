/** Calls to other services over HTTP: connections that go before their other end does, and calls that nobody received. */
@NullMarked
package dev.frontdesk.kit.calls;

import org.jspecify.annotations.NullMarked;
