@NullMarked
package dev.frontdesk.loadtests.http;

import org.jspecify.annotations.NullMarked;
