@NullMarked
package dev.frontdesk.loadtests.figures;

import org.jspecify.annotations.NullMarked;
