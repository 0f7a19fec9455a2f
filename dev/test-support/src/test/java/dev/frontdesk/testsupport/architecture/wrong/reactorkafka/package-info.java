/** reactor-kafka outside service-kit. */
@NullMarked
package dev.frontdesk.testsupport.architecture.wrong.reactorkafka;

import org.jspecify.annotations.NullMarked;
